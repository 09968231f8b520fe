//! The accounts of the two sides.

use super::fields::{Fields, Problem, header_text, sign_name, text, text_or_integer};
use super::key;
use super::strict::values;
use crate::credentials::{Part, Reference, Source, Temporary, has_the_form_of_a_secret_id};
use crate::json::Value;
use crate::tencent::{Account, Endpoint, EndpointError, Parameter, Region};
use crate::text::{Text, id};

const SECRET_ID: &str = key::of(Parameter::SecretId);
const SECRET_KEY: &str = key::of(Parameter::SecretKey);
const TOKEN: &str = key::of(Parameter::Token);
const SIGN_NAME: &str = key::of(Parameter::SignName);
const SDK_APP_ID: &str = key::of(Parameter::SmsSdkAppId);
const REGION: &str = key::of(Parameter::Region);
const ENDPOINT: &str = key::of(Parameter::Host);

/// The account at the top level of a config. It serves the mainland, and the rest of the world except for
/// the keys that `overseas` overrides.
pub(super) struct TopLevel {
    credentials: Source,
    sdk_app_id: String,
    sign_name: Option<String>,
    region: Region,
    endpoint: Endpoint,
}

impl TopLevel {
    pub(super) fn read(fields: &mut Fields<'_>, needs_sign_name: bool) -> Option<Self> {
        let credentials = read_key(fields, true);
        let sign_name = if needs_sign_name {
            let meaning = id::MEANING_SIGNNAME;
            fields
                .required(SIGN_NAME, meaning, sign_name, values::sign_name)
                .map(Some)
        } else {
            fields.optional(SIGN_NAME, sign_name, values::sign_name)
        };
        let sdk_app_id = fields.required(
            SDK_APP_ID,
            id::MEANING_SDKAPPID,
            text_or_integer,
            values::sdk_app_id,
        );
        let region = fields.optional(REGION, region, values::region);
        let endpoint = fields.optional(ENDPOINT, endpoint, values::ascii);
        Some(Self {
            credentials: credentials??,
            sdk_app_id: sdk_app_id?,
            sign_name: sign_name?,
            region: region?.unwrap_or_default(),
            endpoint: endpoint?.unwrap_or_default(),
        })
    }

    pub(super) fn mainland(&self) -> Account<Source> {
        Account {
            credentials: self.credentials.clone(),
            sdk_app_id: self.sdk_app_id.clone(),
            sign_name: self.sign_name.clone(),
            sender_id: None,
            region: self.region.clone(),
            endpoint: self.endpoint.clone(),
        }
    }

    /// Returns the account for overseas numbers in a config that distinguishes the sides. Only `signName`
    /// is not inherited, because the mainland's signature is not approved overseas, where no signature is
    /// required.
    pub(super) fn overseas(self, overseas: Overseas) -> Account<Source> {
        Account {
            credentials: overseas.credentials.unwrap_or(self.credentials),
            sdk_app_id: overseas.sdk_app_id.unwrap_or(self.sdk_app_id),
            sign_name: overseas.sign_name,
            sender_id: overseas.sender_id,
            region: overseas.region.unwrap_or(self.region),
            endpoint: overseas.endpoint.unwrap_or(self.endpoint),
        }
    }
}

/// The `overseas` block: the differences for numbers outside the mainland.
#[derive(Default)]
pub(super) struct Overseas {
    credentials: Option<Source>,
    sdk_app_id: Option<String>,
    sign_name: Option<String>,
    sender_id: Option<String>,
    region: Option<Region>,
    endpoint: Option<Endpoint>,
}

impl Overseas {
    /// Returns the parameters that the block decides. `SignName` is always one of them, because it is not
    /// inherited.
    pub(super) fn keys(&self) -> Vec<Parameter> {
        let has_credentials = self.credentials.is_some();
        [
            (Parameter::SecretId, has_credentials),
            (Parameter::SecretKey, has_credentials),
            (Parameter::Token, has_credentials),
            (Parameter::SignName, true),
            (Parameter::SmsSdkAppId, self.sdk_app_id.is_some()),
            (Parameter::Region, self.region.is_some()),
            (Parameter::Host, self.endpoint.is_some()),
        ]
        .into_iter()
        .filter_map(|(key, is_own)| is_own.then_some(key))
        .collect()
    }

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let credentials = read_key(fields, false);
        let sign_name = fields.optional(SIGN_NAME, sign_name, values::sign_name);
        let sdk_app_id = fields.optional(SDK_APP_ID, text_or_integer, values::sdk_app_id);
        let region = fields.optional(REGION, region, values::region);
        let endpoint = fields.optional(ENDPOINT, endpoint, values::ascii);
        let sender_id = fields.optional("senderId", text, values::any);
        fields.report_unread_keys();
        Some(Self {
            credentials: credentials?,
            sdk_app_id: sdk_app_id?,
            sign_name: sign_name?,
            sender_id: sender_id?,
            region: region?,
            endpoint: endpoint?,
        })
    }
}

/// The key for temporary keys.
const CREDENTIALS: &str = "credentials";

/// Reads the API key: its parts, or the source of temporary keys. It must be complete, because the ID and the
/// secret of different keys cannot sign. Returns `Some(None)` if there is none and it is not required.
fn read_key(fields: &mut Fields<'_>, is_required: bool) -> Option<Option<Source>> {
    let temporary = fields.optional(CREDENTIALS, temporary, values::ascii);
    let (secret_id, secret_key) = if is_required && matches!(temporary, Some(None)) {
        let meaning = id::MEANING_ACCESSKEYID;
        let secret_id = fields.required(SECRET_ID, meaning, HEADER_PART, values::ascii);
        let meaning = id::MEANING_ACCESSKEYSECRET;
        let secret_key = fields.required(SECRET_KEY, meaning, TEXT_PART, values::secret_key);
        (secret_id.map(Some), secret_key.map(Some))
    } else {
        let secret_id = fields.optional(SECRET_ID, HEADER_PART, values::ascii);
        let secret_key = fields.optional(SECRET_KEY, TEXT_PART, values::secret_key);
        (secret_id, secret_key)
    };
    let token = fields.optional(TOKEN, HEADER_PART, values::ascii);
    let is_pair = {
        let (secret_id, secret_key) = (secret_id.as_ref(), secret_key.as_ref());
        is_pair(
            fields,
            secret_id.and_then(Option::as_ref),
            secret_key.and_then(Option::as_ref),
        )
    };
    is_pair.then_some(())?;
    match (temporary?, secret_id?, secret_key?, token?) {
        (Some(temporary), None, None, None) => Some(Some(Source::Temporary(temporary))),
        (Some(_), _, _, _) => {
            fields.add_issue(CREDENTIALS, Text::new(id::CONFIG_KEY_OR_CREDENTIALS));
            None
        }
        (None, Some(secret_id), Some(secret_key), token) => {
            Some(Some(Source::of_parts(secret_id, secret_key, token)))
        }
        (None, None, None, None) => Some(None),
        (None, secret_id, secret_key, _) => {
            for (key, is_missing) in [
                (SECRET_ID, secret_id.is_none()),
                (SECRET_KEY, secret_key.is_none()),
            ] {
                if is_missing {
                    fields.add_issue(key, Text::new(id::CONFIG_WHOLE_KEY));
                }
            }
            None
        }
    }
}

/// Reads a source of temporary keys.
fn temporary(value: &Value) -> Result<Temporary, Problem> {
    Temporary::parse(&text(value)?).ok_or_else(|| Text::new(id::CONFIG_CREDENTIALS))
}

// These are pointers, because a reader of fields is compiled once for each function that it takes.

/// Reads a part of a key that is sent in a header, or a reference to it.
const HEADER_PART: ReadPart = |value| part(value, header_text);
/// Reads a part of a key, or a reference to it.
const TEXT_PART: ReadPart = |value| part(value, text);

type ReadPart = fn(&Value) -> Result<Part, Problem>;

fn part(value: &Value, read: fn(&Value) -> Result<String, Problem>) -> Result<Part, Problem> {
    let reference = text(value)?;
    if Reference::is_meant_by(&reference) {
        let reference = Reference::parse(&reference).map(Part::Reference);
        return reference.ok_or_else(|| Text::new(id::CONFIG_REFERENCE));
    }
    read(value).map(Part::Text)
}

/// Returns true if the texts can be the two parts of an API key. Adds an issue if they are equal, or if the
/// SecretId stands in the place of the SecretKey.
///
/// This is refused when sending too. No message can be sent with such a key, and the request would carry the
/// SecretKey in its `Authorization`, where the SecretId belongs.
fn is_pair(fields: &mut Fields<'_>, secret_id: Option<&Part>, secret_key: Option<&Part>) -> bool {
    let Some(secret_key) = secret_key else {
        return true;
    };
    let is_secret_id = matches!(secret_key, Part::Text(text) if has_the_form_of_a_secret_id(text));
    let problem = if is_secret_id {
        id::CONFIG_SWAPPED_KEYS
    } else if secret_id == Some(secret_key) {
        id::CONFIG_EQUAL_KEYS
    } else {
        return true;
    };
    fields.add_issue(SECRET_KEY, Text::new(problem));
    false
}

fn region(value: &Value) -> Result<Region, Problem> {
    Region::parse(&text(value)?).ok_or_else(|| Text::new(id::CONFIG_REGION))
}

fn endpoint(value: &Value) -> Result<Endpoint, Problem> {
    Endpoint::parse(&text(value)?).map_err(|error| {
        Text::new(match error {
            EndpointError::Elsewhere => id::CONFIG_ENDPOINT,
            EndpointError::BlockedPort => id::CONFIG_BLOCKED_PORT,
        })
    })
}
