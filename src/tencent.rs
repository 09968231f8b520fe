//! A client of Tencent Cloud's API for SMS, version 2021-01-11. The client does not depend on the
//! connector's config.
//!
//! The request of every action is signed JSON. The answer is an envelope around a result or a refusal,
//! and all actions share one list of error codes. Source:
//! <https://cloud.tencent.com/document/api/382/52077>.

mod account;
pub mod actions;
mod api_error;
mod endpoint;
mod error_code;
mod failure;
mod region;
mod request;
mod response;
mod sts;

pub use account::{Account, Parameter};
pub use api_error::{Answer, ApiError, clock_offset, read};
pub use endpoint::{Endpoint, EndpointError, MAX_ACCESS_POINTS};
pub use error_code::{ErrorCode, FixedBy, Retry, all as all_error_codes};
pub use failure::Failure;
pub use region::Region;
pub use request::http_request;
pub use response::{OTHER_SHAPE, Refusal, RequestId, Response, text};
pub use sts::{Pod, assume_role_with_web_identity};
