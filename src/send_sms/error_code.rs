//! Tencent's error codes: one table for `Response.Error.Code` and `SendStatusSet[].Code` alike.
//!
//! Sources: the error pages of SendSms (<https://cloud.tencent.com/document/api/382/55981>,
//! <https://cloud.tencent.com/document/product/382/59177>), the constants of Tencent's SDKs, and the
//! misspelt variants that their documents and older versions hold.

use crate::error::ConnectorErrorCode::{self, *};

/// What is known of one of Tencent's codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ErrorCode {
    /// As it stands in the answer.
    pub(super) tencent_code: &'static str,
    /// What Logto's server is told.
    pub(super) connector_error_code: ConnectorErrorCode,
    /// For the operator.
    pub(super) meaning: &'static str,
}

/// The row of `tencent_code`; else, because Tencent adds codes, the row of its first part, such as
/// `LimitExceeded` for `LimitExceeded.Whatever`.
pub(super) fn look_up(tencent_code: &str) -> Option<&'static ErrorCode> {
    let row = |wanted: &str| {
        TABLE
            .binary_search_by(|row| row.tencent_code.cmp(wanted))
            .ok()
            .and_then(|index| TABLE.get(index))
    };
    row(tencent_code).or_else(|| row(tencent_code.split_once('.')?.0))
}

const fn row(
    tencent_code: &'static str,
    connector_error_code: ConnectorErrorCode,
    meaning: &'static str,
) -> ErrorCode {
    ErrorCode {
        tencent_code,
        connector_error_code,
        meaning,
    }
}

/// Sorted by code.
#[rustfmt::skip] // one line a code
static TABLE: &[ErrorCode] = &[
    row("ActionOffline", General, "The API action has been taken out of service"),
    row("AuthFailure.InvalidAuthorization", InvalidConfig, "Authorization header does not have the expected TC3 form (also seen when a key contains stray characters)"),
    row("AuthFailure.InvalidSecretId", InvalidConfig, "The key is not a Cloud API key"),
    row("AuthFailure.MFAFailure", InvalidConfig, "MFA check failed"),
    row("AuthFailure.SecretIdNotFound", InvalidConfig, "SecretId unknown, deleted or disabled, or entered with surrounding spaces"),
    row("AuthFailure.SignatureExpire", General, "X-TC-Timestamp is more than 5 minutes away from server time (clock skew)"),
    row("AuthFailure.SignatureFailure", InvalidConfig, "TC3 signature does not verify (wrong SecretKey, or a signing bug)"),
    row("AuthFailure.TokenFailure", InvalidConfig, "STS token missing, wrong or expired"),
    row("AuthFailure.UnauthorizedOperation", InvalidConfig, "CAM policy does not allow this call"),
    row("DryRunOperation", General, "Request would have succeeded but DryRun was passed (not used by SMS)"),
    row("FailedOperation", General, "Operation failed, no detail"),
    row("FailedOperation.ContainSensitiveWord", InvalidConfig, "Rendered text contains a forbidden word"),
    row("FailedOperation.FailResolvePacket", InvalidRequestParameters, "Request packet could not be interpreted (types or names do not follow the API)"),
    row("FailedOperation.InsufficientBalanceInSmsPackage", UsageLimitExceeded, "SMS package used up"),
    row("FailedOperation.JsonParseFail", InvalidRequestParameters, "Request body is not valid JSON"),
    row("FailedOperation.MarketingSendTimeConstraint", InvalidConfig, "Marketing template outside 08:00-22:00 (the configured template is of the wrong type for OTP)"),
    row("FailedOperation.PhoneNumberInBlacklist", General, "Number is on a do-not-disturb list (unsubscribed, or carrier list)"),
    row("FailedOperation.PhoneNumberOnBlacklist", General, "Variant of FailedOperation.PhoneNumberInBlacklist (intl SDK)"),
    row("FailedOperation.SignatureIncorrectOrUnapproved", InvalidConfig, "SignName not approved or malformed (letters, Chinese, digits; 2-12 chars); also when a sign ID is given instead of its text"),
    row("FailedOperation.TemplateIncorrectOrUnapproved", InvalidConfig, "Template not approved, or content does not match the approved one"),
    row("FailedOperation.TemplateParamSetNotMatchApprovedTemplat", InvalidConfig, "Variant without the last 'e' of TemplateParamSetNotMatchApprovedTemplate, in the official SendSms failure example"),
    row("FailedOperation.TemplateParamSetNotMatchApprovedTemplate", InvalidConfig, "Number of TemplateParamSet values differs from the template variables"),
    row("FailedOperation.TemplateUnapprovedOrNotExist", TemplateNotFound, "Template ID does not exist or is not approved"),
    row("InternalError", General, "Internal error at Tencent Cloud"),
    row("InternalError.ConstructUserDataFail", General, "2019-07-11 list only: user data could not be built"),
    row("InternalError.OtherError", General, "Other error at Tencent (support wants the failing number)"),
    row("InternalError.RequestTimeException", General, "Request time differs more than 10 minutes from the SMS server clock"),
    row("InternalError.RestApiInterfaceNotExist", General, "The backend REST interface does not exist"),
    row("InternalError.SendAndRecvFail", General, "Timeout or loss between Tencent components: outcome unknown"),
    row("InternalError.SigFieldMissing", General, "Backend packet lacks its sig field"),
    row("InternalError.SigVerificationFail", General, "Backend check of sig failed"),
    row("InternalError.Timeout", General, "Delivery request timed out: outcome unknown (legacy 1008/60008; docs call it rare and retryable, but do not say the message was not sent)"),
    row("InternalError.UnknownError", General, "Unknown error type"),
    row("InvalidAction", General, "No such action for this product/version"),
    row("InvalidParameter", InvalidRequestParameters, "Malformed parameter (format or type)"),
    row("InvalidParameterValue", InvalidRequestParameters, "Parameter value not acceptable"),
    row("InvalidParameterValue.ContentLengthLimit", InvalidConfig, "Rendered text too long"),
    row("InvalidParameterValue.IncorrectPhoneNumber", InvalidRequestParameters, "Phone number malformed"),
    row("InvalidParameterValue.MissingSignatureList", InvalidConfig, "2019-07-11/intl list: no approved signature"),
    row("InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", InvalidConfig, "A template value looks like a URL"),
    row("InvalidParameterValue.SdkAppIdNotExist", InvalidConfig, "SmsSdkAppId does not exist"),
    row("InvalidParameterValue.SdkAppidNotExist", InvalidConfig, "Old spelling of InvalidParameterValue.SdkAppIdNotExist"),
    row("InvalidParameterValue.TemplateParameterFormatError", InvalidConfig, "Verification-code template value is not 0-6 digits"),
    row("InvalidParameterValue.TemplateParameterLengthLimit", InvalidConfig, "A template value is longer than the account allows (6 characters for accounts opened after 2024-01-25 or long unused)"),
    row("InvalidRequest", InvalidRequestParameters, "multipart body malformed"),
    row("IpInBlacklist", InvalidConfig, "Caller IP is block-listed"),
    row("IpNotInWhitelist", InvalidConfig, "Caller IP is not on the key/account allow-list"),
    row("LimitExceeded", UsageLimitExceeded, "A quota was exceeded, no detail"),
    row("LimitExceeded.AppCountryOrRegionDailyLimit", UsageLimitExceeded, "Daily cap for this destination country reached (console: application > basic configuration)"),
    row("LimitExceeded.AppCountryOrRegionInBlacklist", General, "Destination country is not on the application's allow-list"),
    row("LimitExceeded.AppDailyLimit", UsageLimitExceeded, "Daily cap of the application reached"),
    row("LimitExceeded.AppGlobalDailyLimit", UsageLimitExceeded, "Daily international cap of the application reached"),
    row("LimitExceeded.AppMainlandChinaDailyLimit", UsageLimitExceeded, "Daily mainland cap of the application reached"),
    row("LimitExceeded.DailyLimit", UsageLimitExceeded, "Daily international cap of the account reached (new accounts: 100 a day; raised by support)"),
    row("LimitExceeded.DeliveryFrequencyLimit", RateLimitExceeded, "A frequency rule was hit (console setting)"),
    row("LimitExceeded.GlobalSmsSendingRateLimit", RateLimitExceeded, "International sending rate too high (added to the SDK 2026-08-10)"),
    row("LimitExceeded.PhoneNumberCountLimit", InvalidRequestParameters, "More than 200 numbers in one call (cannot happen with one number)"),
    row("LimitExceeded.PhoneNumberDailyLimit", RateLimitExceeded, "Too many messages to this number today (default 2 per day)"),
    row("LimitExceeded.PhoneNumberOneHourLimit", RateLimitExceeded, "Too many messages to this number in one hour"),
    row("LimitExceeded.PhoneNumberSameContentDailyLimit", RateLimitExceeded, "Too many identical messages to this number today"),
    row("LimitExceeded.PhoneNumberThirtySecondLimit", RateLimitExceeded, "Too many messages to this number in 30 seconds"),
    row("MissingParameter", InsufficientRequestParameters, "A required parameter is missing"),
    row("MissingParameter.EmptyPhoneNumberSet", InsufficientRequestParameters, "PhoneNumberSet is empty"),
    row("MissingParameter.MissingSignatureList", InvalidConfig, "2019-07-11 list: no approved signature"),
    row("NoSuchProduct", InvalidConfig, "Unknown product (usually a wrong endpoint host)"),
    row("NoSuchVersion", General, "Unknown API version"),
    row("RequestLimitExceeded", RateLimitExceeded, "API call rate above the limit"),
    row("RequestLimitExceeded.GlobalRegionUinLimitExceeded", RateLimitExceeded, "Call rate of the main account above the limit (all regions)"),
    row("RequestLimitExceeded.IPLimitExceeded", RateLimitExceeded, "Call rate of this IP above the limit"),
    row("RequestLimitExceeded.UinLimitExceeded", RateLimitExceeded, "Call rate of the main account above the limit"),
    row("RequestSizeLimitExceeded", InvalidRequestParameters, "Request body too large"),
    row("ResourceInUse", General, "Resource is in use (generic; not expected for SMS)"),
    row("ResourceInsufficient", General, "Resources insufficient (generic)"),
    row("ResourceNotFound", InvalidConfig, "Resource not found (generic)"),
    row("ResourceUnavailable", General, "Resource unavailable (generic)"),
    row("ResponseSizeLimitExceeded", General, "Response too large: the request WAS processed"),
    row("ServiceUnavailable", General, "Service temporarily unavailable"),
    row("UnauthorizedOperation", InvalidConfig, "Operation not authorised"),
    row("UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny", InvalidConfig, "Personal accounts may not send marketing SMS"),
    row("UnauthorizedOperation.RequestIpNotInWhitelist", InvalidConfig, "SMS application restricts source IPs and this one is not listed"),
    row("UnauthorizedOperation.RequestPermissionDeny", InvalidConfig, "Request lacks permission (contact SMS support)"),
    row("UnauthorizedOperation.SdkAppIdIsDisabled", InvalidConfig, "SmsSdkAppId is disabled"),
    row("UnauthorizedOperation.SdkAppidIsDisabled", InvalidConfig, "Old spelling of UnauthorizedOperation.SdkAppIdIsDisabled"),
    row("UnauthorizedOperation.SerivceSuspendDueToArrears", UsageLimitExceeded, "Misspelt variant (intl SDK) of UnauthorizedOperation.ServiceSuspendDueToArrears"),
    row("UnauthorizedOperation.ServiceSuspendDueToArrears", UsageLimitExceeded, "Service stopped for unpaid bills"),
    row("UnauthorizedOperation.SmsSdkAppIdVerifyFail", InvalidConfig, "SmsSdkAppId does not belong to the account of the API key"),
    row("UnauthorizedOperation.SmsSdkAppidVerifyFail", InvalidConfig, "Old spelling of UnauthorizedOperation.SmsSdkAppIdVerifyFail"),
    row("UnknownParameter", InvalidRequestParameters, "A parameter not defined by the API was sent"),
    row("UnsupportedOperation", General, "Operation not supported (also a common code)"),
    row("UnsupportedOperation.", General, "Variant with a trailing dot (intl SDK) of UnsupportedOperation"),
    row("UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone", InvalidConfig, "Mainland template used for a number outside mainland China"),
    row("UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber", InvalidConfig, "Mixed numbers; with one number it means sign/template and number belong to different sides"),
    row("UnsupportedOperation.GlobalTemplateToChineseMainlandPhone", InvalidConfig, "International template used for a mainland number"),
    row("UnsupportedOperation.UnsuportedRegion", General, "Misspelt variant (intl SDK) of UnsupportedOperation.UnsupportedRegion"),
    row("UnsupportedOperation.UnsupportedRegion", General, "Tencent does not deliver to this country/region"),
    row("UnsupportedProtocol", InvalidConfig, "HTTP method/protocol not supported (only GET and POST)"),
    row("UnsupportedRegion", InvalidConfig, "X-TC-Region is not one this action supports (message: 'The action not support this region')"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_names_no_code_twice() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].tencent_code < pair[1].tencent_code, "{pair:?}");
        }
    }

    #[test]
    fn every_row_is_found_by_its_code() {
        for row in TABLE {
            assert_eq!(look_up(row.tencent_code), Some(row));
        }
    }

    #[test]
    fn an_unknown_code_is_taken_for_its_first_part() {
        let code = |tencent_code| look_up(tencent_code).map(|row| row.connector_error_code);
        assert_eq!(code("LimitExceeded.NewLimit"), Some(UsageLimitExceeded));
        assert_eq!(code("UnauthorizedOperation.A.B"), Some(InvalidConfig));
        assert_eq!(code("Unheard.Of"), None);
        assert_eq!(code("LimitExceededNot"), None);
        assert_eq!(code(""), None);
    }
}
