//! The issues of a config that depend on the machine: references that lead nowhere, and a store that cannot be
//! used.

use std::convert::Infallible;

use super::{Config, Diagnostics, Issue};
use crate::credentials::{Error, Progress, Source};
use crate::json::Value;
use crate::phone::Route;
use crate::step::{Event, Step};

/// Returns the issues because of which a config must not be saved on this machine, where its references must lead to
/// a key, or the step that must be done first. `events` is everything that happened so far. `store_problem` is the
/// code of the problem that keeps this process from sharing counts.
pub fn issues_on_this_machine(
    config: &Value,
    events: &[Event],
    store_problem: Option<&str>,
) -> Result<Vec<Issue>, Box<Step<Infallible>>> {
    let mut diagnostics = Diagnostics::default();
    let config = Config::read(config, &mut diagnostics);
    let mut issues = diagnostics.issues_at_save();
    if let Some(config) = config {
        if issues.is_empty() {
            issues = issues_of_references(&config, events)?;
        }
        issues.extend(store_problem.and_then(|problem| config.limits.store_issue(problem)));
    }
    Ok(issues)
}

fn issues_of_references(
    config: &Config,
    events: &[Event],
) -> Result<Vec<Issue>, Box<Step<Infallible>>> {
    let mut issues = Vec::new();
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
