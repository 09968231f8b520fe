//! The check of the host: does Tencent's API answer where the config looks for it?

use crate::phone::Route;
use crate::tencent::actions::describe_phone_number_info;
use crate::tencent::{Account, ApiError, Endpoint, MAX_ACCESS_POINTS, Parameter};

use super::key::SAMPLES;
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::{NoAnswer, Reply, Unanswered};
use crate::doctor::report::{Check, Finding, State};

impl Examination<'_> {
    /// Whether the API answers, and takes the key; where it was reached.
    pub(in crate::doctor) fn reach(
        &mut self,
        account: &Account,
        routes: &[Route],
    ) -> Result<Option<Endpoint>, Unanswered> {
        let (endpoint, reply) = self.ask_any_access_point(account)?;
        let finding = judge_api(account, &endpoint, &reply);
        let is_reached = finding.state != State::Wrong;
        self.find(match finding.state {
            State::Ok => finding.on(routes),
            _ => finding.on(routes).at(self.path_of(Parameter::Host, routes)),
        });
        Ok((is_reached && self.takes_key(account, routes, reply)).then_some(endpoint))
    }

    /// Asks what needs no application; where nothing answers, at other access points too, as a send would.
    fn ask_any_access_point(&mut self, account: &Account) -> Result<(Endpoint, Reply), Unanswered> {
        let mut endpoint = account.endpoint.clone();
        let mut failures = 0;
        loop {
            let call = describe_phone_number_info(&SAMPLES);
            let reply = self.replay.ask(account, &endpoint, call)?;
            failures += 1;
            let next = account.endpoint.after_failures(failures);
            let is_last = failures == MAX_ACCESS_POINTS || next == account.endpoint;
            match reply {
                Err(NoAnswer {
                    error: ApiError::Failed(_),
                    ..
                }) if !is_last => endpoint = next,
                reply => return Ok((endpoint, reply)),
            }
        }
    }
}

fn judge_api(account: &Account, reached: &Endpoint, reply: &Reply) -> Finding {
    let host = reached.host();
    match reply.as_ref().map_err(|no_answer| &no_answer.error) {
        Err(ApiError::Failed(failure)) => Check::Api.wrong(failure.cause()),
        Err(ApiError::Unclear { status, problem }) => Check::Api
            .wrong(
                Text::new(id::FINDING_API_NOT_TENCENT)
                    .with("status", &status)
                    .with_text("problem", Text::new(*problem)),
            )
            .advise(Text::new(id::FINDING_API_NOT_TENCENT_DO)),
        Ok(_) | Err(ApiError::Refused(_)) if *reached == account.endpoint => {
            Check::Api.ok(Text::new(id::FINDING_API_OK).with("host", &host))
        }
        Ok(_) | Err(ApiError::Refused(_)) => Check::Api
            .warning(
                Text::new(id::FINDING_API_ELSEWHERE)
                    .with("host", &account.endpoint.host())
                    .with("reached", &host),
            )
            .advise(Text::new(id::FINDING_API_ELSEWHERE_DO).with("reached", &host)),
    }
}
