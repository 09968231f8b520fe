//! The references of a config that lead nowhere.

use std::convert::Infallible;

use super::{Config, Issue, issues_at_save};
use crate::credentials::{Error, Progress, Source};
use crate::json::Value;
use crate::phone::Route;
use crate::step::{Event, Step};

/// Returns the issues because of which a config must not be saved on this machine, where its references must lead to
/// a key, or the step that must be done first. `events` is everything that happened so far.
pub fn issues_on_this_machine(
    config: &Value,
    events: &[Event],
) -> Result<Vec<Issue>, Box<Step<Infallible>>> {
    let mut issues = issues_at_save(config);
    if !issues.is_empty() {
        return Ok(issues);
    }
    let Ok(config) = Config::parse(config) else {
        return Ok(issues);
    };
    for route in Route::BOTH {
        let Source::References(referenced) = &config.account(route).credentials else {
            continue;
        };
        match referenced.key(events) {
            Ok(Progress::Next(step)) => return Err(Box::new(step)),
            Err(Error::Reference { part, problem }) => {
                let issue = Issue {
                    path: config.path_of_account(part, route),
                    message: problem,
                };
                // Both sides often have the same key.
                if !issues.contains(&issue) {
                    issues.push(issue);
                }
            }
            Ok(Progress::Key(_)) | Err(Error::Temporary { .. }) => {}
        }
    }
    Ok(issues)
}
