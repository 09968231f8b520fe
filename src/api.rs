//! Tencent Cloud's API for SMS, version 2021-01-11: what every action of it has in common.
//!
//! The request is signed JSON, the answer an envelope around a result or an error, and the error codes
//! are one list. Source: <https://cloud.tencent.com/document/api/382/52077>.

mod error_code;
mod request;
mod response;

pub use error_code::{ErrorCode, Mender, Retry, all as all_error_codes};
pub use request::{Headers, HttpRequest, TraceId, http_request};
pub use response::{Answer, OTHER_SHAPE, Refusal, RequestId, Response, interpret, text};
