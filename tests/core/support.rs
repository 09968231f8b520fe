//! Helpers that tests of several rooms use.

pub(crate) mod crossing;
pub(crate) mod http_date;
