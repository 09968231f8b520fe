//! `SendSms`: the request for one message to one number, and the receipt in its answer.
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

/// The value of `X-TC-Action`.
pub const ACTION: &str = "SendSms";

/// The parameters, with Tencent's names.
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

/// Builds and signs the request for one message to one number. `endpoint` is the account's endpoint or
/// a substitute for it.
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
    // Serializing texts and a list of texts never fails.
    let body = serde_json::to_string(&parameters).unwrap_or_default();
    http_request(account, endpoint, ACTION, body, timestamp, trace_id)
}

/// Proof that Tencent accepted the message for delivery. It contains no personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Tencent's ID of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<RequestId>,
    /// Tencent's ID of the message, which the delivery reports repeat.
    pub serial_no: String,
    /// True if Tencent says that it sent the message to a number other than the requested one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub phone_number_differs: bool,
}

impl Receipt {
    /// Returns the warning for the operator about an accepted message, if there is one.
    pub fn warning(&self) -> Option<Text> {
        self.phone_number_differs
            .then(|| Text::new(id::SEND_ACCEPTED_FOR_ANOTHER_NUMBER))
    }
}

/// Reads the answer in an event, or returns `None` if the event ends no exchange.
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

/// Reads the status of the one number. The number's own code decides, because a successful answer can
/// contain a number that failed.
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
        // The documents write "Ok", and the official connector ignores the case.
        Some(code) if code.eq_ignore_ascii_case("ok") => Ok(Ok(Receipt {
            request_id,
            serial_no: text(send_status, "SerialNo").unwrap_or_default().to_owned(),
            // `PhoneNumber` is Tencent's interpretation of the number, in E.164.
            phone_number_differs: text(send_status, "PhoneNumber")
                .is_some_and(|number| !to.matches(number)),
        })),
        Some(code) => Refusal::new(code, request_id).map(Err),
        None => Err(OTHER_SHAPE),
    }
}
