//! The values of Logto's that the core names.

use connector_tencent_sms_wasm::logto::ConnectorErrorCode;

/// Values of `ConnectorErrorCodes` in @logto/connector-kit 5.1.1.
#[test]
fn error_codes_are_those_of_the_kit() {
    for (code, value) in [
        (ConnectorErrorCode::General, "general"),
        (
            ConnectorErrorCode::InvalidRequestParameters,
            "invalid_request_parameters",
        ),
        (
            ConnectorErrorCode::InsufficientRequestParameters,
            "insufficient_request_parameters",
        ),
        (ConnectorErrorCode::InvalidConfig, "invalid_config"),
        (ConnectorErrorCode::InvalidResponse, "invalid_response"),
        (ConnectorErrorCode::TemplateNotFound, "template_not_found"),
        (ConnectorErrorCode::RateLimitExceeded, "rate_limit_exceeded"),
        (
            ConnectorErrorCode::UsageLimitExceeded,
            "usage_limit_exceeded",
        ),
    ] {
        assert_eq!(code.as_str(), value);
    }
}
