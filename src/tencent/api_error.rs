//! The one result of an exchange with Tencent's API, and the one place that makes it of an event.

use super::failure::Failure;
use super::response::{self, Refusal, RequestId, Response};
use super::{Endpoint, Retry};
use crate::step::{Event, is_believable};
use crate::text::Id;

/// The reason why an action has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// Tencent understood the request, and refused.
    Refused(Refusal),
    /// Something answered, but not in Tencent's shape. Whether the action was done is not known.
    Unclear {
        /// The HTTP status.
        status: u16,
        /// The id of a text about the answer.
        problem: Id,
    },
    /// Nothing answered.
    Failed(Failure),
}

/// The object `Response` of an answer, and Tencent's name for the request.
pub type Answer = (Response, Option<RequestId>);

impl ApiError {
    /// How the same request may be made again without anyone's help.
    pub fn retry(&self) -> Retry {
        match self {
            Self::Refused(refusal) => refusal.retry(),
            Self::Failed(failure) if failure.is_certainly_unsent() => Retry::AfterDelay,
            Self::Failed(_) | Self::Unclear { .. } => Retry::No,
        }
    }

    /// Whether Tencent refused because of the time in the signature.
    pub fn is_about_the_clock(&self) -> bool {
        self.retry() == Retry::WithCorrectedClock
    }
}

/// Reads the event that ended an exchange with `endpoint`. The HTTP status does not matter: Tencent
/// answers 200 to whatever it processed, refusals included.
///
/// Returns `None` for an event that ended none.
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
        Event::Started { .. } | Event::Waited { .. } => None,
    }
}

/// Returns the offset of this machine's clock by the answer in an event, where that is believable.
pub fn clock_offset(event: &Event) -> Option<f64> {
    event.clock_offset().filter(|offset| is_believable(*offset))
}
