//! The account that sends messages.

use std::rc::Rc;

use super::{Endpoint, Region};
use crate::tc3::Credentials;

/// The account that Tencent bills for a message, and the application that sends the message. `Key` is the
/// type of its API key, or of the source that the key is taken from.
#[derive(Clone, Debug)]
pub struct Account<Key = Rc<Credentials>> {
    /// The API key.
    pub credentials: Key,
    /// `SmsSdkAppId`.
    pub sdk_app_id: String,
    /// `SignName`: the signature's text, without its 【】. Required in the mainland.
    pub sign_name: Option<String>,
    /// `SenderId`: only if Tencent has granted one, and never in the mainland.
    pub sender_id: Option<String>,
    /// `X-TC-Region`.
    pub region: Region,
    /// The host that requests go to.
    pub endpoint: Endpoint,
}

impl<Key: PartialEq> Account<Key> {
    /// Returns the same account with an API key.
    pub fn with_key(&self, credentials: Rc<Credentials>) -> Account {
        Account {
            credentials,
            sdk_app_id: self.sdk_app_id.clone(),
            sign_name: self.sign_name.clone(),
            sender_id: self.sender_id.clone(),
            region: self.region.clone(),
            endpoint: self.endpoint.clone(),
        }
    }

    /// Returns true if both accounts use the same application, with the same key, region and endpoint.
    pub fn is_same_application(&self, other: &Self) -> bool {
        self.credentials == other.credentials
            && self.sdk_app_id == other.sdk_app_id
            && self.region == other.region
            && self.endpoint == other.endpoint
    }
}

/// A part of a request that Tencent can refuse, with Tencent's name if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// The SecretId.
    SecretId,
    /// The SecretKey.
    SecretKey,
    /// `X-TC-Token`.
    Token,
    /// `X-TC-Region`.
    Region,
    /// The host.
    Host,
    /// `SmsSdkAppId`.
    SmsSdkAppId,
    /// `SignName`.
    SignName,
    /// `TemplateId`.
    TemplateId,
    /// `TemplateParamSet`.
    TemplateParamSet,
}
