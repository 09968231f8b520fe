//! The check that Tencent's API answers at the configured endpoint.

use crate::phone::Route;
use crate::tencent::actions::describe_phone_number_info;
use crate::tencent::{Account, ApiError, Endpoint, Parameter};

use super::key::SAMPLES;
use crate::text::{Text, id};

use crate::doctor::examine::Examination;
use crate::doctor::replay::{Pending, Reply};
use crate::doctor::report::{Check, Finding, State};

impl Examination<'_> {
    /// Checks that the API answers and accepts the key. Returns the endpoint that answered, or `None` if
    /// the API was not reached or rejects the key.
    pub(in crate::doctor) fn check_api(
        &mut self,
        account: &Account,
        routes: &[Route],
    ) -> Result<Option<Endpoint>, Pending> {
        // This call needs no application.
        let call = || describe_phone_number_info(&SAMPLES);
        let (endpoint, reply) = self.replay.call_any_access_point(account, call)?;
        let finding = judge_api(account, &endpoint, &reply);
        let is_reached = finding.state != State::Wrong;
        self.add(match finding.state {
            State::Ok => finding.on(routes),
            _ => finding.on(routes).at(self.path_of(Parameter::Host, routes)),
        });
        Ok((is_reached && self.check_key(account, routes, reply)).then_some(endpoint))
    }
}

fn judge_api(account: &Account, reached: &Endpoint, reply: &Reply) -> Finding {
    let host = reached.host();
    match reply.as_ref().map_err(|failed_call| &failed_call.error) {
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
