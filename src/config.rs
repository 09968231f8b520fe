//! The operator's configuration: from an untrusted value to a [`Config`], or to every [`Issue`].
//!
//! A superset of the official connector's format: whatever sends there, sends here. The host stores
//! the raw value, stripped of `""`, `null`, `[]` and `{}`, and hands it over again for every send;
//! so those count as absent here too, and trimming and defaults happen at each parse.

mod endpoint;
mod fields;
mod issue;
mod region;
mod template;

use std::time::Duration;

use serde_json::Value;

pub use endpoint::Endpoint;
pub use issue::{Issue, Path};
pub use region::Region;
pub use template::{GENERIC, Template};

use crate::tc3::{Credentials, SecretId, SecretKey, SecurityToken};
use fields::{Fields, Problem, elements, header_text, text, text_or_integer};

/// A configuration that is good to send with.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whom Tencent bills, and as whom it sends.
    pub account: Account,
    /// What is sent; at least one entry is [`GENERIC`]. Entries left at their placeholder are not
    /// in here.
    pub templates: Vec<Template>,
    /// How long one send may take, from the first request to the last answer.
    pub timeout: Duration,
}

/// The Tencent side of a send.
#[derive(Clone, Debug)]
pub struct Account {
    /// The API key.
    pub credentials: Credentials,
    /// `SmsSdkAppId`.
    pub sdk_app_id: String,
    /// `SignName`: the signature's text, without its 【】.
    pub sign_name: String,
    /// `X-TC-Region`.
    pub region: Region,
    /// Where the API is reached.
    pub endpoint: Endpoint,
}

const DEFAULT_TIMEOUT_SECONDS: f64 = 8.0; // the sign-in page gives up after about 10
const LONGEST_TIMEOUT_SECONDS: f64 = 60.0;

impl Config {
    /// Reads a config, or says everything that is wrong with it.
    pub fn parse(value: &Value) -> Result<Self, Vec<Issue>> {
        let mut issues = Vec::new();
        Self::read(value, &mut issues).ok_or(issues)
    }

    /// `None` exactly when something was added to `issues`.
    fn read(value: &Value, issues: &mut Vec<Issue>) -> Option<Self> {
        let mut fields = Fields::new(value, Path::default(), issues)?;

        let secret_id = fields.required(
            "accessKeyId",
            "the SecretId of a Tencent Cloud API key",
            header_text,
        );
        let secret_key = fields.required(
            "accessKeySecret",
            "the SecretKey that belongs to accessKeyId",
            text,
        );
        let token = fields.optional("securityToken", header_text);
        let sign_name = fields.required(
            "signName",
            "the text of an approved signature, without its 【】",
            text,
        );
        let sdk_app_id = fields.required(
            "sdkAppId",
            "the SDKAppID of an application in the SMS console, such as 1400006666",
            text_or_integer,
        );
        let region = fields.optional("region", Region::parse);
        let endpoint = fields.optional("endpoint", Endpoint::parse);
        let timeout = fields.optional("timeoutSeconds", timeout_seconds);
        let templates = fields
            .required("templates", "an array with an entry for Generic", elements)
            .and_then(|entries| {
                let path = fields.path_of("templates");
                template::read_all(entries, &path, fields.issues())
            });

        Some(Self {
            account: Account {
                credentials: Credentials {
                    secret_id: SecretId::new(secret_id?),
                    secret_key: SecretKey::new(secret_key?),
                    token: token?.map(SecurityToken::new),
                },
                sdk_app_id: sdk_app_id?,
                sign_name: sign_name?,
                region: region?.unwrap_or_default(),
                endpoint: endpoint?.unwrap_or_default(),
            },
            templates: templates?,
            timeout: Duration::from_secs_f64(timeout?.unwrap_or(DEFAULT_TIMEOUT_SECONDS)),
        })
    }
}

/// Seconds as a number, or as the text of one: the Console's form may store either.
fn timeout_seconds(value: &Value) -> Result<f64, Problem> {
    let seconds = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    seconds
        .filter(|seconds| (1.0..=LONGEST_TIMEOUT_SECONDS).contains(seconds))
        .ok_or_else(|| "must be a number of seconds from 1 to 60".into())
}
