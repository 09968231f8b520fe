//! The action `SendSms`: the request for one message to one number, and what the answer means.
//!
//! Source: <https://cloud.tencent.com/document/api/382/55981>.

use serde::Serialize;

use crate::json::Value;
use crate::phone::PhoneNumber;
use crate::step::{Event, HttpRequest, TraceId};
use crate::tc3::Timestamp;
use crate::tencent::{
    Account, Answer, ApiError, Endpoint, OTHER_SHAPE, Refusal, RequestId, http_request, read, text,
};
use crate::text::{Id, Text, id};

/// `X-TC-Action`.
pub const ACTION: &str = "SendSms";

/// The parameters, in Tencent's names.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SendSmsRequest<'a> {
    phone_number_set: [String; 1],
    sms_sdk_app_id: &'a str,
    template_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_id: Option<&'a str>,
    template_param_set: &'a [String],
}

/// Builds and signs the request for one message to one number, at `endpoint`, which is the account's
/// own or stands in for it.
pub fn request(
    account: &Account,
    endpoint: &Endpoint,
    to: &PhoneNumber,
    template_id: &str,
    template_param_set: &[String],
    timestamp: Timestamp,
    trace_id: TraceId,
) -> HttpRequest {
    let parameters = SendSmsRequest {
        phone_number_set: [to.to_string()],
        sms_sdk_app_id: &account.sdk_app_id,
        template_id,
        sign_name: account.sign_name.as_deref(),
        sender_id: account.sender_id.as_deref(),
        template_param_set,
    };
    // Texts and a list of them always have a JSON form.
    let body = serde_json::to_string(&parameters).unwrap_or_default();
    http_request(account, endpoint, ACTION, body, timestamp, trace_id)
}

/// Proof that Tencent accepted the message for delivery. Holds nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Tencent's name for the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// Tencent's name for the message, which its delivery reports repeat.
    pub serial_no: String,
    /// Set where Tencent says that it sent to another number than was meant.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub phone_number_differs: bool,
}

impl Receipt {
    /// What the operator should know about a message that was accepted all the same.
    pub fn warning(&self) -> Option<Text> {
        self.phone_number_differs
            .then(|| Text::new(id::SEND_ACCEPTED_FOR_ANOTHER_NUMBER))
    }
}

/// Reads the answer in an event; `None` where the event ends no exchange.
pub fn receipt(
    event: &Event,
    endpoint: &Endpoint,
    to: &PhoneNumber,
) -> Option<Result<Receipt, ApiError>> {
    let status = match event {
        Event::Answered { status, .. } => *status,
        _ => 0,
    };
    Some(
        read(event, endpoint)?.and_then(|answer| match send_status(answer, to) {
            Ok(Ok(receipt)) => Ok(receipt),
            Ok(Err(refusal)) => Err(ApiError::Refused(refusal)),
            Err(problem) => Err(ApiError::Unclear { status, problem }),
        }),
    )
}

/// Reads the status of the one number. An answer can be a success, and hold a number that failed: that
/// number's code decides.
fn send_status(
    (response, request_id): Answer,
    to: &PhoneNumber,
) -> Result<Result<Receipt, Refusal>, Id> {
    let send_status = match response.get("SendStatusSet") {
        None | Some(Value::Null) => return Err(id::ANSWER_NO_STATUS),
        Some(Value::Array(send_status_set)) => match send_status_set.first() {
            None => return Err(id::ANSWER_EMPTY_STATUS),
            Some(Value::Object(send_status)) => send_status,
            Some(_) => return Err(OTHER_SHAPE),
        },
        Some(_) => return Err(OTHER_SHAPE),
    };
    match text(send_status, "Code") {
        // The documents write "Ok"; the official connector compares without regard to case.
        Some(code) if code.eq_ignore_ascii_case("ok") => Ok(Ok(Receipt {
            request_id,
            serial_no: text(send_status, "SerialNo").unwrap_or_default().to_owned(),
            // In E.164, as Tencent read it.
            phone_number_differs: text(send_status, "PhoneNumber")
                .is_some_and(|number| !to.is(number)),
        })),
        Some(code) => Refusal::new(code, request_id).map(Err),
        None => Err(OTHER_SHAPE),
    }
}
