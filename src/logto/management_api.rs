//! A client of Logto's Management API, which reads and writes Logto's settings.
//!
//! A task that uses the client is written like a script, and runs again from its beginning after each
//! answer. Calls that were answered take their answers from the history. The first call without an answer
//! ends the run with the request that makes this call.

use std::slice;

use crate::json::Value;
use crate::quoted::quoted;
use crate::step::{Event, HttpRequest, Step};
use crate::text::{Text, id};

/// The access to a Logto by a machine-to-machine application.
#[derive(Clone)]
pub struct Access {
    /// The URL of Logto without a slash at the end, such as `https://auth.example.com`.
    pub url: String,
    /// The application's ID and secret as the value of the header `Authorization`.
    pub authorization: String,
}

/// The resource indicator of the Management API, which is the same in every Logto that is not Logto Cloud.
const RESOURCE: &str = "https%3A%2F%2Fdefault.logto.app%2Fapi";

/// The time for one call. A call that sends a test message takes as long as the message, at most a minute.
const TIMEOUT_MS: f64 = 70_000.0;

/// The calls of one run.
pub struct ManagementApi<'a> {
    access: &'a Access,
    events: slice::Iter<'a, Event>,
    token: Option<String>,
}

/// An answer that is not about the access itself.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, or `null` for an empty one.
    pub body: Value,
}

/// The end of a run.
pub enum Halt {
    /// The next request has no answer yet.
    Pending(HttpRequest),
    /// Logto cannot be reached, or does not allow the access.
    Failed(Text),
}

/// Returns the next step of a task. The outcome is the error if Logto cannot be asked.
pub fn to_step<Outcome>(result: Result<Outcome, Halt>) -> Step<Result<Outcome, Text>> {
    let outcome = match result {
        Ok(outcome) => Ok(outcome),
        Err(Halt::Failed(error)) => Err(error),
        Err(Halt::Pending(request)) => {
            return Step::Request {
                request,
                timeout_ms: TIMEOUT_MS,
                is_shared: false,
            };
        }
    };
    Step::Done { outcome }
}

impl<'a> ManagementApi<'a> {
    /// Starts a run. `events` is everything that happened so far.
    pub fn new(access: &'a Access, events: &'a [Event]) -> Self {
        Self {
            access,
            events: events.iter(),
            token: None,
        }
    }

    /// Returns the body of the answer to a `GET` of a path below `/api/`.
    pub fn get(&mut self, path: &str) -> Result<Value, Halt> {
        let answer = self.call("GET", path, None)?;
        match answer.status {
            200 => Ok(answer.body),
            _ => Err(Halt::Failed(answer.refusal())),
        }
    }

    /// Makes a call of a path below `/api/`, with a JSON body if there is one.
    pub fn call(
        &mut self,
        method: &'static str,
        path: &str,
        body: Option<Value>,
    ) -> Result<Answer, Halt> {
        let authorization = match self.token.take() {
            Some(token) => token,
            None => self.fetch_token()?,
        };
        let mut headers = vec![("Authorization", authorization.clone())];
        self.token = Some(authorization);
        if body.is_some() {
            headers.push(("Content-Type", "application/json".to_owned()));
        }
        let answer = self.exchange(HttpRequest {
            action: method.to_owned(),
            url: [&self.access.url, "/api/", path].concat(),
            method,
            headers,
            body: body.map(|body| body.to_string()).unwrap_or_default(),
        })?;
        match answer.status {
            401 => Err(Halt::Failed(
                Text::new(id::LOGTO_UNAUTHORIZED).with("url", &self.access.url),
            )),
            403 => Err(Halt::Failed(Text::new(id::LOGTO_FORBIDDEN))),
            _ => Ok(answer),
        }
    }

    /// Returns an access token as the value of the header `Authorization`.
    fn fetch_token(&mut self) -> Result<String, Halt> {
        let answer = self.exchange(HttpRequest {
            action: "token".to_owned(),
            url: [&self.access.url, "/oidc/token"].concat(),
            method: "POST",
            headers: vec![
                ("Authorization", self.access.authorization.clone()),
                (
                    "Content-Type",
                    "application/x-www-form-urlencoded".to_owned(),
                ),
            ],
            body: [
                "grant_type=client_credentials&scope=all&resource=",
                RESOURCE,
            ]
            .concat(),
        })?;
        let text = |key: &str| answer.body.get(key).and_then(Value::as_str);
        if let Some(token) = text("access_token") {
            return Ok(["Bearer ", token].concat());
        }
        Err(Halt::Failed(match text("error") {
            Some("invalid_client") => {
                Text::new(id::LOGTO_INVALID_CLIENT).with("url", &self.access.url)
            }
            _ => answer.refusal(),
        }))
    }

    /// Returns the answer to a request, which is JSON or empty.
    fn exchange(&mut self, request: HttpRequest) -> Result<Answer, Halt> {
        let url = &self.access.url;
        // Logto may have done what it was asked, even if the answer did not arrive.
        let may_be_done = !matches!(&*request.action, "GET" | "token");
        loop {
            return match self.events.next() {
                None => Err(Halt::Pending(request)),
                Some(Event::Answered { status, body, .. }) => {
                    let json = Value::parse(body).or((*status == 204).then_some(Value::Null));
                    json.map(|body| Answer {
                        status: *status,
                        body,
                    })
                    .ok_or_else(|| {
                        let text = match may_be_done {
                            true => Text::new(id::LOGTO_NO_ANSWER)
                                .with("url", url)
                                .with("cause", &["HTTP ", &status.to_string()].concat()),
                            false => Text::new(id::LOGTO_NOT_LOGTO)
                                .with("url", url)
                                .with("status", status),
                        };
                        Halt::Failed(text)
                    })
                }
                Some(Event::Failed { failure, .. }) => {
                    let text = Text::new(match may_be_done {
                        true => id::LOGTO_NO_ANSWER,
                        false => id::LOGTO_NOT_REACHED,
                    });
                    let cause = quoted(&failure.code);
                    Err(Halt::Failed(text.with("url", url).with("cause", &cause)))
                }
                // The other events are no answers.
                Some(_) => continue,
            };
        }
    }
}

impl Answer {
    /// Returns Logto's own words about a call that it refused.
    pub fn refusal(&self) -> Text {
        let text = |key: &str| quoted(self.body.get(key).and_then(Value::as_str).unwrap_or("?"));
        let refusal = Text::new(id::LOGTO_REFUSED)
            .with("status", &self.status)
            .with("code", &text("code"))
            .with("message", &text("message"));
        match self.body.get("details").and_then(Value::as_str) {
            Some(details) => Text::new(id::LOGTO_DETAILS)
                .with_text("refusal", refusal)
                .with("details", &quoted(details)),
            None => refusal,
        }
    }
}
