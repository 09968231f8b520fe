//! The result of an exchange with Tencent's API, and its conversion from an event.

use super::failure::Failure;
use super::response::{self, Refusal, RequestId, Response};
use super::{Endpoint, Retry};
use crate::logto::UserMessage;
use crate::step::{Event, is_plausible};
use crate::text::Id;

/// The reason why an action has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// Tencent understood the request and refused it.
    Refused(Refusal),
    /// An answer without Tencent's format arrived. Tencent may or may not have done the action.
    Unclear {
        /// The HTTP status.
        status: u16,
        /// The id of a text about the answer.
        problem: Id,
    },
    /// No answer arrived.
    Failed(Failure),
}

/// The object `Response` of an answer, and Tencent's ID of the request.
pub type Answer = (Response, Option<RequestId>);

impl ApiError {
    /// Returns the rule for making the same request again without anyone's help.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Refused(refusal) => refusal.retry(),
            Self::Failed(failure) if failure.is_certainly_unsent() => Retry::AfterDelay,
            Self::Failed(_) | Self::Unclear { .. } => Retry::No,
        }
    }

    /// Returns true if Tencent refused the API key, so that another key may be accepted.
    pub fn is_of_key(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is_of_key())
    }

    /// Returns true if Tencent certainly did nothing.
    pub fn is_certainly_unsent(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.user_message() != UserMessage::Unknown,
            Self::Failed(failure) => failure.is_certainly_unsent(),
            Self::Unclear { .. } => false,
        }
    }

    /// Returns true if Tencent refused the request because of the time in the signature.
    pub fn is_clock_error(&self) -> bool {
        self.retry() == Retry::WithCorrectedClock
    }
}

/// Reads the event that ended an exchange with `endpoint`. The HTTP status is ignored, because Tencent
/// answers 200 to every request that it processed, even if it refused the request.
///
/// Returns `None` for an event that does not end an exchange.
pub fn read(event: &Event, endpoint: &Endpoint) -> Option<Result<Answer, ApiError>> {
    match event {
        Event::Answered { status, body, .. } => Some(match response::read(body) {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(refusal)) => Err(ApiError::Refused(refusal)),
            Err(problem) => Err(ApiError::Unclear {
                status: *status,
                problem,
            }),
        }),
        Event::Failed {
            failure,
            departures,
            ..
        } => Some(Err(ApiError::Failed(Failure::new(
            failure,
            endpoint,
            *departures,
        )))),
        Event::Started { .. }
        | Event::Stored { .. }
        | Event::StoreExamined(_)
        | Event::Read { .. }
        | Event::Waited { .. } => None,
    }
}

/// Returns the offset of this machine's clock, calculated from the answer in an event, or `None` if
/// the offset is not plausible.
pub fn clock_offset(event: &Event) -> Option<f64> {
    event.clock_offset().filter(|offset| is_plausible(*offset))
}
