/** One thing to mend in a config. The message is the end of a sentence that begins with the path. */
export interface Issue {
  path: (string | number)[];
  message: string;
}

/** What became of one request. */
export type Attempt =
  | { status: number; body: string }
  /** `error.cause.code` where `fetch` has one, else the error's name. */
  | { failure: string };

/** What to do next. */
export type Step =
  /** Send this, read the answer within `timeoutMs`, add an `Attempt`, and ask again. */
  | { kind: 'request'; request: HttpRequest; timeoutMs: number }
  /** Tencent accepted the message. */
  | { kind: 'sent'; receipt: Receipt };

/** Every byte of it is signed or sent as it stands. */
export interface HttpRequest {
  url: string;
  method: 'POST';
  headers: Record<string, string>;
  body: string;
}

/** Tencent's names for the accepted message. */
export interface Receipt {
  requestId?: string;
  serialNo: string;
  /** Tencent says that it sent to another number than was meant. */
  phoneNumberDiffers?: true;
}

/** The values of the kit's `ConnectorErrorCodes` that occur. */
export type ConnectorErrorCode =
  | 'general'
  | 'invalid_request_parameters'
  | 'insufficient_request_parameters'
  | 'invalid_config'
  | 'invalid_response'
  | 'template_not_found'
  | 'rate_limit_exceeded'
  | 'usage_limit_exceeded';

/** What `sendMessage` throws. Fit for the eyes of an unauthenticated caller. */
export interface CoreError extends Error {
  name: 'CoreError';
  code: ConnectorErrorCode;
  data: {
    errorDescription: string;
    tencentCode?: string;
    requestId?: string;
    /** Where in the config a template is missing. */
    configPath?: string;
  };
  /** Where the config is to blame: its issues. */
  issues?: Issue[];
}
