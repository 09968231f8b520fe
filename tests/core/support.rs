//! Helpers that tests of several rooms use.

pub(crate) mod any;
pub(crate) mod crossing;
pub(crate) mod failed_exchange;
pub(crate) mod http_date;
