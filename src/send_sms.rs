//! Tencent's action `SendSms`, version 2021-01-11: the request, and what the answer means.
//!
//! Source: <https://cloud.tencent.com/document/api/382/55981>.

mod error_code;
mod request;
mod response;

pub use error_code::{ErrorCode, Mender, Retry, all as all_error_codes};
pub use request::{Headers, HttpRequest, TraceId, http_request};
pub use response::{Receipt, Refusal, RequestId, Verdict, interpret};
