//! Temporary keys: of the role of a machine (CVM), or of the role of a pod's service account (TKE).
//!
//! A key is cached until shortly before its end. If a renewal fails while the key is still valid, the key is used
//! for another while, so that a short failure of Tencent's service stops no message.

use std::convert::Infallible;
use std::rc::Rc;

use crate::json::{Map, Value};
use crate::step::{Event, HttpRequest, Place, Reading, Step, TraceId};
use crate::tc3::{Credentials, Timestamp};
use crate::tencent::{
    ApiError, Endpoint, Failure, Pod, Region, assume_role_with_web_identity, clock_offset, read,
};
use crate::text::{Id, Text, id};

use super::keys::Cached;
use super::metadata::{self, RoleName};
use super::referenced_key::credentials;
use super::{Circumstances, Error, Progress, has_the_form_of_a_secret_id};

/// A source of temporary keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Temporary {
    /// The metadata service of the machine: the key of a role, or of the machine's only role.
    CvmRole(Option<RoleName>),
    /// STS, by the token of the pod.
    TkeOidc,
}

/// The time for one exchange. Both services answer in milliseconds.
const TIMEOUT_MS: f64 = 2500.0;
/// The time for one exchange while the old key is still valid, so that the message is hardly delayed.
const TIMEOUT_WITH_KEY_MS: f64 = 1000.0;
/// The number of attempts of each exchange.
const ATTEMPTS: usize = 2;

/// The variables of a pod whose service account has a role: the names are those of TKE.
const POD: [&str; 4] = [
    "TKE_REGION",
    "TKE_PROVIDER_ID",
    "TKE_ROLE_ARN",
    "TKE_WEB_IDENTITY_TOKEN_FILE",
];
/// The length of the longest token and of the longest variable, in bytes. Kubernetes' tokens have about 1 KB.
const MAX_BYTES: usize = 16 * 1024;

impl Temporary {
    /// Parses `cvm-role`, `cvm-role:NAME` or `tke-oidc`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "cvm-role" => Some(Self::CvmRole(None)),
            "tke-oidc" => Some(Self::TkeOidc),
            _ => {
                let name = RoleName::parse(text.strip_prefix("cvm-role:")?)?;
                Some(Self::CvmRole(Some(name)))
            }
        }
    }

    pub(super) fn key(
        &self,
        events: &[Event],
        circumstances: Circumstances<'_>,
    ) -> Result<Progress, Error> {
        let Circumstances {
            now,
            remaining_ms,
            keys,
            trace_id,
        } = circumstances;
        let name = self.name();
        let is_own =
            |event: &&Event| matches!(event, Event::Read { .. }) || event.action() == Some(&name);
        if !events.iter().any(|event| is_own(&event))
            && let Cached::Fresh(credentials) = keys.look_up(self, now)
        {
            return Ok(Progress::Key(credentials));
        }
        let old = keys.valid(self, now);
        let (attempts, timeout_ms) = match old {
            Some(_) => (1, TIMEOUT_WITH_KEY_MS),
            None => (ATTEMPTS, TIMEOUT_MS),
        };
        let mut renewal = Renewal {
            name: &name,
            events: Box::new(events.iter().filter(is_own)),
            attempts,
            timeout_ms: timeout_ms.min(remaining_ms),
        };
        let obtained = match self {
            Self::CvmRole(role) => renewal.of_machine(role.as_ref()),
            Self::TkeOidc => renewal.of_pod(Timestamp::from_millis(now), trace_id),
        };
        let error = match obtained {
            Ok(key) => match keys.add(self, &key) {
                true => return Ok(Progress::Key(key.credentials)),
                false => failure(id::TEMPORARY_ENDED, &self.endpoint(), "ended"),
            },
            Err(Stop::Next(step)) => return Ok(Progress::Next(*step)),
            Err(Stop::Error(error)) => error,
        };
        old.map(Progress::Key).ok_or(error)
    }

    /// Returns the value of the config's key `credentials`.
    pub fn name(&self) -> String {
        match self {
            Self::CvmRole(None) => "cvm-role".to_owned(),
            Self::CvmRole(Some(RoleName(role))) => ["cvm-role:", role].concat(),
            Self::TkeOidc => "tke-oidc".to_owned(),
        }
    }

    fn endpoint(&self) -> Endpoint {
        match self {
            Self::CvmRole(_) => Endpoint::metadata(),
            Self::TkeOidc => Endpoint::sts(),
        }
    }
}

/// A temporary key. Times are UNIX milliseconds by this machine's clock.
pub(super) struct Key {
    pub(super) credentials: Rc<Credentials>,
    pub(super) obtained_at: f64,
    pub(super) ends_at: f64,
}

/// The end of a renewal without a key: the step that must be done first, or the error.
enum Stop {
    Next(Box<Step<Infallible>>),
    Error(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// A renewal. It is written like a script: each exchange that has happened takes its answer from the history, and
/// the first other one ends the run with the step that leads to it.
struct Renewal<'a> {
    name: &'a str,
    events: Box<dyn Iterator<Item = &'a Event> + 'a>,
    attempts: usize,
    timeout_ms: f64,
}

impl<'a> Renewal<'a> {
    fn of_machine(&mut self, role: Option<&RoleName>) -> Result<Key, Stop> {
        let endpoint = Endpoint::metadata();
        let role = match role {
            Some(role) => role.clone(),
            None => {
                let answer = self.exchange(&endpoint, &|name| metadata::request(name, None))?;
                let name = metadata::role_name(body(answer, &endpoint, id::TEMPORARY_NO_ROLE)?);
                name.ok_or_else(|| failure(id::TEMPORARY_OTHER_ANSWER, &endpoint, "other answer"))?
            }
        };
        let answer = self.exchange(&endpoint, &|name| metadata::request(name, Some(&role)))?;
        let fields = metadata::key(body(answer, &endpoint, id::TEMPORARY_UNKNOWN_ROLE)?);
        let key = fields.and_then(|fields| {
            let fields = fields.as_object()?;
            key(answer, fields, fields.get("ExpiredTime")?)
        });
        let key = key.ok_or_else(|| failure(id::TEMPORARY_OTHER_ANSWER, &endpoint, "other answer"));
        Ok(key?)
    }

    fn of_pod(
        &mut self,
        timestamp: Timestamp,
        trace_id: &dyn Fn() -> TraceId,
    ) -> Result<Key, Stop> {
        let endpoint = Endpoint::sts();
        let mut places = Vec::new();
        for name in POD {
            places.push(Place::Env(name.to_owned()));
        }
        let mut variables = self.read(places)?;
        let file = variables.pop().unwrap_or_default();
        let token = self.read(vec![Place::File(file)])?.pop();
        let [region, provider_id, role_arn] = variables.as_slice() else {
            return Err(failure(id::TEMPORARY_FAILED, &endpoint, "unknown").into());
        };
        let pod = Pod {
            region: Region::parse(region)
                .ok_or_else(|| unusable(&Place::Env("TKE_REGION".to_owned())))?,
            provider_id,
            role_arn,
            web_identity_token: token.as_deref().unwrap_or_default(),
        };
        let request = |name| assume_role_with_web_identity(&pod, name, timestamp, trace_id());
        let answer = self.exchange(&endpoint, &request)?;
        let key = match read(answer, &endpoint) {
            Some(Ok((response, _))) => response
                .get("Credentials")
                .and_then(Value::as_object)
                .zip(response.get("ExpiredTime"))
                .and_then(|(fields, ends_at)| key(answer, fields, ends_at)),
            Some(Err(ApiError::Refused(refusal))) => {
                return Err(
                    failure(id::TEMPORARY_REFUSED, &endpoint, refusal.tencent_code()).into(),
                );
            }
            _ => None,
        };
        let key = key.ok_or_else(|| failure(id::TEMPORARY_OTHER_ANSWER, &endpoint, "other answer"));
        Ok(key?)
    }

    /// Returns the texts at these places.
    fn read(&mut self, places: Vec<Place>) -> Result<Vec<String>, Stop> {
        let Some(readings) = self
            .events
            .next()
            .and_then(|event| event.readings_of(&places))
        else {
            return Err(Stop::Next(Box::new(Step::Read {
                places,
                max_bytes: MAX_BYTES,
            })));
        };
        let mut texts = Vec::new();
        for reading in readings {
            texts.push(text(reading)?);
        }
        Ok(texts)
    }

    /// Returns the event with the answer to a request. A request without an answer is made again.
    fn exchange(
        &mut self,
        endpoint: &Endpoint,
        request: &dyn Fn(String) -> HttpRequest,
    ) -> Result<&'a Event, Stop> {
        let mut error = failure(id::TEMPORARY_FAILED, endpoint, "timeout");
        for _ in 0..self.attempts {
            match self.events.next() {
                Some(Event::Failed {
                    failure: seen,
                    departures,
                    ..
                }) => {
                    let reason = Failure::new(seen, endpoint, *departures).reason();
                    error = failure(id::TEMPORARY_FAILED, endpoint, &reason);
                }
                Some(Event::Answered { status, .. }) if *status >= 500 => {
                    error = status_failure(endpoint, *status);
                }
                Some(event) => return Ok(event),
                None if self.timeout_ms < 1.0 => break,
                None => {
                    return Err(Stop::Next(Box::new(Step::Request {
                        request: request(self.name.to_owned()),
                        timeout_ms: self.timeout_ms,
                        is_shared: true,
                    })));
                }
            }
        }
        Err(error.into())
    }
}

/// Returns the body of an answer with HTTP status 200. `not_found` is the id of a text about the status 404.
fn body<'a>(event: &'a Event, endpoint: &Endpoint, not_found: Id) -> Result<&'a str, Error> {
    match event {
        Event::Answered {
            status: 200, body, ..
        } => Ok(body),
        Event::Answered { status: 404, .. } => Err(failure(not_found, endpoint, "not found")),
        Event::Answered { status, .. } => Err(status_failure(endpoint, *status)),
        _ => Err(failure(id::TEMPORARY_FAILED, endpoint, "unknown")),
    }
}

/// Returns the key in the fields of an answer, or `None` if they do not have the documented form.
fn key(answer: &Event, fields: &Map, ends_at: &Value) -> Option<Key> {
    let Event::Answered { received_at, .. } = answer else {
        return None;
    };
    let text = |key| {
        let text = fields.get(key)?.as_str()?;
        let is_header = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_header.then(|| text.to_owned())
    };
    let secret_id = text("TmpSecretId").filter(|id| has_the_form_of_a_secret_id(id))?;
    // The end is in Tencent's time, and this machine's clock may differ from it.
    let offset = clock_offset(answer).unwrap_or_default();
    Some(Key {
        credentials: credentials(secret_id, text("TmpSecretKey")?, Some(text("Token")?)),
        obtained_at: *received_at,
        ends_at: ends_at.as_u64()? as f64 * 1000.0 - offset,
    })
}

/// Returns the text of a variable of the pod, or of the file with its token.
fn text(reading: &Reading) -> Result<String, Error> {
    let content = reading.content.as_ref().ok();
    let text = content.map(|content| content.text.trim());
    text.filter(|text| {
        !text.is_empty() && text.len() <= MAX_BYTES && !text.contains(char::is_control)
    })
    .map(str::to_owned)
    .ok_or_else(|| unusable(&reading.place))
}

/// Returns the error for a part of the pod's identity that is missing or unreadable.
fn unusable(place: &Place) -> Error {
    let reason = match place {
        Place::Env(name) => name,
        Place::File(_) => "TKE_WEB_IDENTITY_TOKEN_FILE",
    };
    failure(id::TEMPORARY_NO_POD, &Endpoint::sts(), reason)
}

fn status_failure(endpoint: &Endpoint, status: u16) -> Error {
    failure(
        id::TEMPORARY_FAILED,
        endpoint,
        &["HTTP status ", &u64::from(status).to_string()].concat(),
    )
}

/// Returns the error with this text about a service and a reason.
fn failure(id: Id, endpoint: &Endpoint, reason: &str) -> Error {
    Error::Temporary {
        cause: Text::new(id)
            .with("host", &endpoint.host())
            .with("reason", &reason),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_the_name_that_it_is_parsed_from() {
        for text in ["cvm-role", "cvm-role:SMS_Role", "tke-oidc"] {
            assert_eq!(Temporary::parse(text).unwrap().name(), text);
        }
        for text in [
            "",
            "cvm",
            "cvm-role:",
            "cvm-role: a",
            "CVM-role",
            "cvm-role ",
            "tke-oidc:a",
            "tke",
            "cvm-role:a/b",
            "cvm-role:..",
            "cvm-role:a?b",
        ] {
            assert_eq!(Temporary::parse(text), None, "{text}");
        }
    }
}
