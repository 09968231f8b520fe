//! Tencent's error codes: one table for `Response.Error.Code` and `SendStatusSet[].Code` alike.
//!
//! Sources: the error pages of SendSms (<https://cloud.tencent.com/document/api/382/55981>,
//! <https://cloud.tencent.com/document/product/382/59177>), the constants of Tencent's SDKs, and the
//! misspelt variants that their documents and older versions hold. Which codes say for certain that
//! nothing was sent is inferred from those texts.

use super::Parameter::{self, *};
use crate::logto::ConnectorErrorCode::{self, *};
use crate::logto::Notice::{self, *};

use Mender::*;
use Retry::*;

/// What is known of one of Tencent's codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorCode {
    /// As it stands in the answer.
    pub tencent_code: &'static str,
    /// What Logto's server is told.
    pub connector_error_code: ConnectorErrorCode,
    /// Whether the same message may be sent again at once.
    pub retry: Retry,
    /// Who can do something about it.
    pub mender: Mender,
    /// The part of the request that is refused, where the code tells.
    pub parameter: Option<Parameter>,
    /// What the end user is told.
    pub notice: Notice,
    /// What the operator is told: what it is; what to do.
    pub advice: &'static str,
}

/// Whether, and how, a refused message may be sent again without anyone's help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It would be refused again, or may have been sent.
    No,
    /// It was not sent, and a moment later it may be.
    AfterDelay,
    /// It was not sent, because the clock is wrong.
    WithCorrectedClock,
}

/// Who can do something about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mender {
    /// Whoever asked for the message: another number, or patience.
    EndUser,
    /// The operator, in the config or in Tencent's console.
    Config,
    /// The operator, with Tencent: permissions, quotas, bills.
    Account,
    /// Tencent alone.
    Tencent,
    /// Nobody needs to: it passes.
    Time,
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

/// Every code that is known.
pub fn all() -> impl Iterator<Item = &'static ErrorCode> {
    TABLE.iter()
}

const fn row(
    tencent_code: &'static str,
    connector_error_code: ConnectorErrorCode,
    retry: Retry,
    mender: Mender,
    parameter: Option<Parameter>,
    notice: Notice,
    advice: &'static str,
) -> ErrorCode {
    ErrorCode {
        tencent_code,
        connector_error_code,
        retry,
        mender,
        parameter,
        notice,
        advice,
    }
}

/// Sorted by code. Tencent sends all of them but `AuthFailure`, which is there for its family.
#[rustfmt::skip] // one line a code
static TABLE: &[ErrorCode] = &[
    row("ActionOffline", General, No, Tencent, None, TryLater, "Tencent has taken SendSms 2021-01-11 out of service; look for a newer version of this connector"),
    row("AuthFailure", InvalidConfig, No, Config, Some(SecretId), NotSetUp, "Tencent does not accept the key; check accessKeyId and accessKeySecret"),
    row("AuthFailure.InvalidAuthorization", InvalidConfig, No, Config, Some(SecretKey), NotSetUp, "the Authorization header has not the right form; check both keys for stray characters"),
    row("AuthFailure.InvalidSecretId", InvalidConfig, No, Config, Some(SecretId), NotSetUp, "this is not the SecretId of a Tencent Cloud API key; create one under Access Management"),
    row("AuthFailure.MFAFailure", InvalidConfig, No, Account, Some(SecretId), NotSetUp, "the key's account demands multi-factor authentication; use the key of a sub-account that may only send messages"),
    row("AuthFailure.SecretIdNotFound", InvalidConfig, No, Config, Some(SecretId), NotSetUp, "this SecretId does not exist, or was deleted or disabled; check it under Access Management"),
    row("AuthFailure.SignatureExpire", General, WithCorrectedClock, Config, None, TryLater, "the server's clock is more than five minutes off, and could not be corrected from the answer; set the clock (NTP)"),
    row("AuthFailure.SignatureFailure", InvalidConfig, No, Config, Some(SecretKey), NotSetUp, "the signature does not verify; this is not the SecretKey that belongs to accessKeyId"),
    row("AuthFailure.TokenFailure", InvalidConfig, No, Config, Some(Token), NotSetUp, "the token is missing, wrong or expired; renew the temporary keys together with it"),
    row("AuthFailure.UnauthorizedOperation", InvalidConfig, No, Account, Some(SecretId), NotSetUp, "the key may not call SendSms; grant it to the sub-account under Access Management"),
    row("DryRunOperation", General, No, Tencent, None, TryLater, "Tencent only pretended to send; please report it"),
    row("FailedOperation", General, No, Tencent, None, Unknown, "Tencent failed without a reason; ask its support with the RequestId"),
    row("FailedOperation.ContainSensitiveWord", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "the text holds a forbidden word; look at the values of the template"),
    row("FailedOperation.FailResolvePacket", InvalidRequestParameters, No, Config, None, NotSetUp, "Tencent could not interpret the request; please report it with the RequestId"),
    row("FailedOperation.ForbidAddMarketingTemplates", InvalidConfig, No, Account, Some(TemplateId), NotSetUp, "personal accounts cannot create marketing templates"),
    row("FailedOperation.InsufficientBalanceInSmsPackage", UsageLimitExceeded, No, Account, None, Unavailable, "the message package is used up; buy another in the SMS console"),
    row("FailedOperation.JsonParseFail", InvalidRequestParameters, No, Config, None, NotSetUp, "Tencent could not read the request as JSON; please report it with the RequestId"),
    row("FailedOperation.MarketingSendTimeConstraint", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "this is a marketing template, which is not sent at night; use one of the type verification code"),
    row("FailedOperation.MissingSignature", InvalidConfig, No, Config, Some(SignName), NotSetUp, "a signature must be approved before templates can be applied for"),
    row("FailedOperation.MissingSignatureList", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the account has no approved signature; apply for one in the SMS console"),
    row("FailedOperation.MissingSignatureToModify", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the signature to be changed does not exist"),
    row("FailedOperation.MissingTemplateList", TemplateNotFound, No, Config, Some(TemplateId), NotSetUp, "the account has no approved template; apply for one in the SMS console"),
    row("FailedOperation.MissingTemplateToModify", TemplateNotFound, No, Config, Some(TemplateId), NotSetUp, "the template does not exist in this account"),
    row("FailedOperation.NotEnterpriseCertification", InvalidConfig, No, Account, Some(SecretId), NotSetUp, "personal accounts cannot ask for signatures and templates by API"),
    row("FailedOperation.OtherError", General, No, Config, None, Unknown, "Tencent failed, as a rule for a parameter; ask its support with the RequestId"),
    row("FailedOperation.ParametersOtherError", General, No, Tencent, None, Unknown, "an error inside Tencent Cloud; ask its support with the RequestId"),
    row("FailedOperation.PhoneNumberInBlacklist", General, No, EndUser, None, NumberRefused, "the number is on a do-not-disturb list: its owner unsubscribed, or the carrier blocks it"),
    row("FailedOperation.PhoneNumberOnBlacklist", General, No, EndUser, None, NumberRefused, "the number is on a do-not-disturb list: its owner unsubscribed, or the carrier blocks it"),
    row("FailedOperation.PhoneNumberParseFail", InvalidRequestParameters, No, EndUser, None, WrongNumber, "Tencent takes the number for malformed"),
    row("FailedOperation.ProhibitSubAccountUse", InvalidConfig, No, Config, Some(SecretId), NotSetUp, "templates can be listed with the main account's key only"),
    row("FailedOperation.QualificationIdNotApproved", InvalidConfig, No, Account, Some(SignName), NotSetUp, "the qualification is not approved; see the SMS console"),
    row("FailedOperation.SignIdNotExist", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the signature does not exist in this account"),
    row("FailedOperation.SignNumberLimit", InvalidConfig, No, Account, Some(SignName), NotSetUp, "the account has as many signatures as it may have"),
    row("FailedOperation.SignatureIncorrectOrUnapproved", InvalidConfig, No, Config, Some(SignName), NotSetUp, "this is not the text of an approved signature; enter the text, not the ID, without 【】, and see in the SMS console whether it is approved for this side"),
    row("FailedOperation.TemplateAlreadyPassedCheck", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "an approved template cannot be changed"),
    row("FailedOperation.TemplateIdNotExist", TemplateNotFound, No, Config, Some(TemplateId), NotSetUp, "the template does not exist in this account"),
    row("FailedOperation.TemplateIncorrectOrUnapproved", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "the template is not approved, or does not fit its values; see the SMS console"),
    row("FailedOperation.TemplateNumberLimit", InvalidConfig, No, Account, Some(TemplateId), NotSetUp, "the account has as many templates as it may have"),
    row("FailedOperation.TemplateParamSetNotMatchApprovedTemplat", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "the template has another number of variables; give one value for each of {1}, {2}, … in templateParams"),
    row("FailedOperation.TemplateParamSetNotMatchApprovedTemplate", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "the template has another number of variables; give one value for each of {1}, {2}, … in templateParams"),
    row("FailedOperation.TemplateUnapprovedOrNotExist", TemplateNotFound, No, Config, Some(TemplateId), NotSetUp, "the template does not exist in this account, or is not approved; see the SMS console"),
    row("InternalError", General, No, Tencent, None, Unknown, "an error inside Tencent Cloud; ask its support with the RequestId"),
    row("InternalError.ConstructUserDataFail", General, No, Tencent, None, Unknown, "an error inside Tencent Cloud; ask its support with the RequestId"),
    row("InternalError.JsonParseFail", General, No, Tencent, None, Unknown, "an error inside Tencent Cloud; ask its support with the RequestId"),
    row("InternalError.OtherError", General, No, Tencent, None, Unknown, "an error inside Tencent Cloud; ask its support with the RequestId"),
    row("InternalError.ParseBackendResponseFail", General, No, Tencent, None, Unknown, "an error inside Tencent Cloud; ask its support with the RequestId"),
    row("InternalError.RequestTimeException", General, WithCorrectedClock, Config, None, TryLater, "the server's clock is more than ten minutes off, and could not be corrected from the answer; set the clock (NTP)"),
    row("InternalError.RestApiInterfaceNotExist", General, No, Tencent, None, TryLater, "an interface is missing inside Tencent Cloud; ask its support with the RequestId"),
    row("InternalError.SendAndRecvFail", General, No, Time, None, Unknown, "a timeout inside Tencent Cloud; the message may or may not have been sent"),
    row("InternalError.SigFieldMissing", General, AfterDelay, Tencent, None, TryLater, "a check inside Tencent Cloud failed; ask its support with the RequestId if it lasts"),
    row("InternalError.SigVerificationFail", General, AfterDelay, Tencent, None, TryLater, "a check inside Tencent Cloud failed; ask its support with the RequestId if it lasts"),
    row("InternalError.Timeout", General, No, Time, None, Unknown, "a timeout inside Tencent Cloud; the message may or may not have been sent"),
    row("InternalError.UnknownError", General, No, Tencent, None, Unknown, "an error inside Tencent Cloud; ask its support with the RequestId"),
    row("InvalidAction", General, No, Tencent, None, TryLater, "Tencent does not know SendSms at this endpoint; check endpoint, and look for a newer version of this connector"),
    row("InvalidParameter", InvalidRequestParameters, No, Config, None, NotSetUp, "a parameter has the wrong form; please report it with the RequestId"),
    row("InvalidParameter.AppidAndBizId", InvalidConfig, No, Config, Some(SmsSdkAppId), NotSetUp, "the SDKAppID does not belong to the account of the API key"),
    row("InvalidParameter.DirtyWordFound", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "the text holds a forbidden word"),
    row("InvalidParameter.InvalidParameters", InvalidRequestParameters, No, Config, None, NotSetUp, "International or SmsType is wrong; please report it with the RequestId"),
    row("InvalidParameterValue", InvalidRequestParameters, No, Config, None, NotSetUp, "a parameter has a value that Tencent does not accept; check signName, sdkAppId and the template"),
    row("InvalidParameterValue.BeginTimeVerifyFail", InvalidRequestParameters, No, Config, None, NotSetUp, "Tencent does not accept BeginTime; please report it with the RequestId"),
    row("InvalidParameterValue.ContentLengthLimit", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "the whole text is too long; shorten the values or the template"),
    row("InvalidParameterValue.EndTimeVerifyFail", InvalidRequestParameters, No, Config, None, NotSetUp, "Tencent does not accept EndTime; please report it with the RequestId"),
    row("InvalidParameterValue.ImageInvalid", InvalidRequestParameters, No, Config, None, NotSetUp, "the uploaded picture was refused"),
    row("InvalidParameterValue.IncorrectPhoneNumber", InvalidRequestParameters, No, EndUser, None, WrongNumber, "Tencent takes the number for malformed"),
    row("InvalidParameterValue.InvalidDocumentType", InvalidRequestParameters, No, Config, None, NotSetUp, "DocumentType was refused"),
    row("InvalidParameterValue.InvalidInternational", InvalidRequestParameters, No, Config, None, NotSetUp, "International was refused; please report it with the RequestId"),
    row("InvalidParameterValue.InvalidSignPurpose", InvalidRequestParameters, No, Config, None, NotSetUp, "SignPurpose was refused"),
    row("InvalidParameterValue.InvalidSmsType", InvalidRequestParameters, No, Config, None, NotSetUp, "SmsType was refused"),
    row("InvalidParameterValue.InvalidStartTime", InvalidRequestParameters, No, Config, None, NotSetUp, "the start lies after the end; please report it with the RequestId"),
    row("InvalidParameterValue.InvalidTemplateFormat", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "the template's text has the wrong form"),
    row("InvalidParameterValue.InvalidUsedMethod", InvalidRequestParameters, No, Config, None, NotSetUp, "UsedMethod was refused"),
    row("InvalidParameterValue.LimitVerifyFail", InvalidRequestParameters, No, Config, None, NotSetUp, "Limit was refused; please report it with the RequestId"),
    row("InvalidParameterValue.MarketingTemplateWithoutUnsubscribe", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "a marketing template must say how to unsubscribe"),
    row("InvalidParameterValue.MissingSignatureList", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the account has no approved signature; apply for one in the SMS console"),
    row("InvalidParameterValue.MultiSmsInfoSetEmpty", InsufficientRequestParameters, No, Config, None, NotSetUp, "MultiSmsInfoSet is empty"),
    row("InvalidParameterValue.OffsetVerifyFail", InvalidRequestParameters, No, Config, None, NotSetUp, "Offset was refused; please report it with the RequestId"),
    row("InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "a value of the template looks like a web address; Tencent allows none, not even dotted names"),
    row("InvalidParameterValue.QualificationIdNotFound", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the qualification does not exist"),
    row("InvalidParameterValue.SdkAppIdNotExist", InvalidConfig, No, Config, Some(SmsSdkAppId), NotSetUp, "this SDKAppID does not exist; see Application Management in the SMS console"),
    row("InvalidParameterValue.SdkAppidNotExist", InvalidConfig, No, Config, Some(SmsSdkAppId), NotSetUp, "this SDKAppID does not exist; see Application Management in the SMS console"),
    row("InvalidParameterValue.SignAlreadyPassedCheck", InvalidConfig, No, Config, Some(SignName), NotSetUp, "an approved signature cannot be changed"),
    row("InvalidParameterValue.SignExistAndUnapproved", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the same signature is already waiting for approval"),
    row("InvalidParameterValue.SignNameLengthTooLong", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the signature's text is too long"),
    row("InvalidParameterValue.TemplateParameterFormatError", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "a template of the type verification code takes values of at most six digits and nothing else"),
    row("InvalidParameterValue.TemplateParameterLengthLimit", InvalidConfig, No, Config, Some(TemplateParamSet), NotSetUp, "a value of the template is longer than the account allows (six characters for newer accounts)"),
    row("InvalidParameterValue.TemplateWithDirtyWords", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "the template holds a forbidden word"),
    row("InvalidParameterValue.UnsupportedTemplateVariable", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "mainland templates for notifications and marketing may have no variables"),
    row("InvalidRequest", InvalidRequestParameters, No, Tencent, None, NotSetUp, "the request is malformed; please report it with the RequestId"),
    row("IpInBlacklist", InvalidConfig, No, Account, Some(SecretId), NotSetUp, "the server's IP address is on a block list of the account; remove it under Access Management"),
    row("IpNotInWhitelist", InvalidConfig, No, Config, Some(SecretId), NotSetUp, "the server's IP address is not on the key's allow list; add it under Access Management"),
    row("LimitExceeded", UsageLimitExceeded, No, Account, None, Unavailable, "a quota is used up; look at the limits in the SMS console"),
    row("LimitExceeded.AppCountryOrRegionDailyLimit", UsageLimitExceeded, No, Config, None, Unavailable, "the application's daily limit for this country is reached; see its basic configuration in the SMS console"),
    row("LimitExceeded.AppCountryOrRegionInBlacklist", General, No, Config, None, CountryRefused, "this country is not on the application's list; see its basic configuration in the SMS console"),
    row("LimitExceeded.AppDailyLimit", UsageLimitExceeded, No, Config, None, Unavailable, "the application's daily limit is reached; see its basic configuration in the SMS console"),
    row("LimitExceeded.AppGlobalDailyLimit", UsageLimitExceeded, No, Config, None, Unavailable, "the application's daily limit for numbers outside the mainland is reached; see its basic configuration in the SMS console"),
    row("LimitExceeded.AppMainlandChinaDailyLimit", UsageLimitExceeded, No, Config, None, Unavailable, "the application's daily limit for mainland numbers is reached; see its basic configuration in the SMS console"),
    row("LimitExceeded.DailyLimit", UsageLimitExceeded, No, Account, None, Unavailable, "the account's daily limit for numbers outside the mainland is reached (100 for new accounts); ask Tencent's support to raise it"),
    row("LimitExceeded.DeliveryFrequencyLimit", RateLimitExceeded, No, EndUser, None, Wait, "a frequency rule of the SMS console was hit for this number"),
    row("LimitExceeded.GlobalSmsSendingRateLimit", RateLimitExceeded, AfterDelay, Time, None, Wait, "too many messages a second outside the mainland, and still so after waiting; ask Tencent to raise the rate"),
    row("LimitExceeded.PhoneNumberCountLimit", InvalidRequestParameters, No, Config, None, NotSetUp, "too many numbers in one call; please report it with the RequestId"),
    row("LimitExceeded.PhoneNumberDailyLimit", RateLimitExceeded, No, EndUser, None, Tomorrow, "the number's daily limit is reached; Tencent's default is low, see the frequency rules in the SMS console"),
    row("LimitExceeded.PhoneNumberOneHourLimit", RateLimitExceeded, No, EndUser, None, Wait, "the number's hourly limit is reached; see the frequency rules in the SMS console"),
    row("LimitExceeded.PhoneNumberSameContentDailyLimit", RateLimitExceeded, No, EndUser, None, Tomorrow, "the number's daily limit for the same text is reached; see the frequency rules in the SMS console"),
    row("LimitExceeded.PhoneNumberThirtySecondLimit", RateLimitExceeded, No, EndUser, None, Wait, "the number's limit for 30 seconds is reached; see the frequency rules in the SMS console"),
    row("MissingParameter", InsufficientRequestParameters, No, Config, None, NotSetUp, "a required parameter is missing; please report it with the RequestId"),
    row("MissingParameter.EmptyPhoneNumberSet", InsufficientRequestParameters, No, Config, None, NotSetUp, "no number in the request; please report it with the RequestId"),
    row("MissingParameter.MissingSignatureList", InvalidConfig, No, Config, Some(SignName), NotSetUp, "the account has no approved signature; apply for one in the SMS console"),
    row("NoSuchProduct", InvalidConfig, No, Config, Some(Host), NotSetUp, "this host does not serve SMS; correct endpoint"),
    row("NoSuchVersion", General, No, Tencent, None, TryLater, "Tencent does not know version 2021-01-11 at this endpoint; check endpoint"),
    row("RequestLimitExceeded", RateLimitExceeded, AfterDelay, Time, None, Wait, "too many calls a second, and still so after waiting; ask Tencent to raise the rate"),
    row("RequestLimitExceeded.GlobalRegionUinLimitExceeded", RateLimitExceeded, AfterDelay, Time, None, Wait, "too many calls a second by this account, and still so after waiting; ask Tencent to raise the rate"),
    row("RequestLimitExceeded.IPLimitExceeded", RateLimitExceeded, AfterDelay, Time, None, Wait, "too many calls a second from the server's IP address, and still so after waiting; ask Tencent to raise the rate"),
    row("RequestLimitExceeded.UinLimitExceeded", RateLimitExceeded, AfterDelay, Time, None, Wait, "too many calls a second by this account, and still so after waiting; ask Tencent to raise the rate"),
    row("RequestSizeLimitExceeded", InvalidRequestParameters, No, Config, None, NotSetUp, "the request is too large; check templateParams"),
    row("ResourceInUse", General, No, Tencent, None, Unknown, "a resource is in use; ask Tencent's support with the RequestId"),
    row("ResourceInsufficient", General, No, Tencent, None, Unknown, "Tencent lacks resources at the moment; ask its support with the RequestId if it lasts"),
    row("ResourceNotFound", InvalidConfig, No, Config, Some(SmsSdkAppId), NotSetUp, "something that the request names does not exist; check sdkAppId, signName and the template"),
    row("ResourceUnavailable", General, No, Tencent, None, Unknown, "a resource is not available; ask Tencent's support with the RequestId if it lasts"),
    row("ResponseSizeLimitExceeded", General, No, Tencent, None, Unknown, "the answer was too large, but the request was processed; look for the message in the SMS console"),
    row("ServiceUnavailable", General, No, Time, None, Unknown, "the service is not available at the moment; look at Tencent Cloud's status page if it lasts"),
    row("UnauthorizedOperation", InvalidConfig, No, Account, Some(SecretId), NotSetUp, "the account may not do this; check its permissions under Access Management"),
    row("UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny", InvalidConfig, No, Account, Some(TemplateId), NotSetUp, "personal accounts may not send marketing messages; use a template of the type verification code"),
    row("UnauthorizedOperation.RequestIpNotInWhitelist", InvalidConfig, No, Config, Some(SmsSdkAppId), NotSetUp, "the application allows calls from listed IP addresses only; add the server's in the SMS console"),
    row("UnauthorizedOperation.RequestPermissionDeny", InvalidConfig, No, Account, Some(SecretId), NotSetUp, "the account lacks the permission; ask Tencent's SMS support"),
    row("UnauthorizedOperation.SdkAppIdIsDisabled", InvalidConfig, No, Account, Some(SmsSdkAppId), NotSetUp, "the application is disabled; see Application Management in the SMS console"),
    row("UnauthorizedOperation.SdkAppidIsDisabled", InvalidConfig, No, Account, Some(SmsSdkAppId), NotSetUp, "the application is disabled; see Application Management in the SMS console"),
    row("UnauthorizedOperation.SerivceSuspendDueToArrears", UsageLimitExceeded, No, Account, None, Unavailable, "the service is stopped for unpaid bills; top up the account"),
    row("UnauthorizedOperation.ServiceSuspendDueToArrears", UsageLimitExceeded, No, Account, None, Unavailable, "the service is stopped for unpaid bills; top up the account"),
    row("UnauthorizedOperation.SmsSdkAppIdVerifyFail", InvalidConfig, No, Config, Some(SmsSdkAppId), NotSetUp, "this SDKAppID does not belong to the account of the API key"),
    row("UnauthorizedOperation.SmsSdkAppidVerifyFail", InvalidConfig, No, Config, Some(SmsSdkAppId), NotSetUp, "this SDKAppID does not belong to the account of the API key"),
    row("UnknownParameter", InvalidRequestParameters, No, Config, None, NotSetUp, "the request holds a parameter that Tencent does not know; please report it with the RequestId"),
    row("UnsupportedOperation", General, No, Tencent, None, TryLater, "the operation is not supported; ask Tencent's support with the RequestId"),
    row("UnsupportedOperation.", General, No, Tencent, None, TryLater, "the operation is not supported; ask Tencent's support with the RequestId"),
    row("UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "a mainland template cannot be sent to a number outside the mainland; give an international one as templateCode.overseas, or enter the number with its 86"),
    row("UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber", InvalidConfig, No, Config, Some(SignName), NotSetUp, "signature or template belong to the other side than the number; give each side its own, by templateCode and overseas.signName"),
    row("UnsupportedOperation.ContainDomesticPhoneNumber", InvalidRequestParameters, No, Config, None, NotSetUp, "a mainland number in an action for the international side"),
    row("UnsupportedOperation.GlobalTemplateToChineseMainlandPhone", InvalidConfig, No, Config, Some(TemplateId), NotSetUp, "an international template cannot be sent to a mainland number; give a mainland one as templateCode.china"),
    row("UnsupportedOperation.UnsuportedRegion", General, No, EndUser, None, CountryRefused, "Tencent does not deliver to this number's country"),
    row("UnsupportedOperation.UnsupportedRegion", General, No, EndUser, None, CountryRefused, "Tencent does not deliver to this number's country"),
    row("UnsupportedProtocol", InvalidConfig, No, Config, Some(Host), NotSetUp, "the host does not take POST requests over this protocol; correct endpoint"),
    row("UnsupportedRegion", InvalidConfig, No, Config, Some(Region), NotSetUp, "SMS is not served in this region; use ap-guangzhou, or ap-singapore with an account of the international site"),
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
        assert_eq!(code("AuthFailure.NewFailure"), Some(InvalidConfig));
        assert_eq!(code("UnauthorizedOperation.A.B"), Some(InvalidConfig));
        assert_eq!(code("Unheard.Of"), None);
        assert_eq!(code("LimitExceededNot"), None);
        assert_eq!(code(""), None);
    }

    /// What may have been sent is never sent again, and the user is told so.
    #[test]
    fn an_unknown_outcome_is_not_retried() {
        for row in TABLE.iter().filter(|row| row.notice == Unknown) {
            assert_eq!(row.retry, No, "{row:?}");
        }
    }

    #[test]
    fn rows_are_whole() {
        for row in TABLE {
            let advice = row.advice;
            assert!(advice.len() > 15 && !advice.ends_with('.'), "{row:?}");
            // The Console's test names a key for every refusal that is the config's fault.
            if matches!(row.connector_error_code, InvalidConfig | TemplateNotFound) {
                assert!(row.parameter.is_some(), "{row:?}");
            }
        }
    }
}
