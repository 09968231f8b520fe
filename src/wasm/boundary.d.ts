/** One thing to mend in a config. The message is the end of a sentence that begins with the path. */
export interface Issue {
  path: (string | number)[];
  message: string;
}

/** What happened. Times are `Date.now()`. */
export type Event =
  | { sentAt: number; receivedAt: number; status: number; date?: number; body: string }
  | {
      sentAt: number;
      /** `error.cause.code` where `fetch` has one, else the error's name. */
      failure: string;
      /** False only if the client is known not to have begun to write the request. */
      requestSent: boolean;
    }
  | { waitedMs: number };

/** What to do next. After all but `done`, add an `Event` for each thing done, and ask again. */
export type Step<Outcome> =
  | ({ kind: 'request'; request: HttpRequest } & Limits)
  /** All of them at once. */
  | ({ kind: 'requests'; requests: HttpRequest[] } & Limits)
  | { kind: 'wait'; ms: number }
  | { kind: 'done'; outcome: Outcome };

export interface Limits {
  /** Give up if the request has not begun to leave by then. */
  connectTimeoutMs: number;
  /** Give up if the answer is not there, body and all, by then. */
  timeoutMs: number;
}

/** The end of a send. */
export interface Sent {
  receipt: Receipt;
  /** What the clock is off, in milliseconds; to be handed over for later sends. */
  clockOffset: number;
}

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

/** The end of a count. */
export interface Usage {
  /** Left out where it is not known: Tencent did not say it in time, or the config is not valid. */
  count?: number;
}

/** An API key from the environment. */
export interface Environment {
  secretId?: string;
  secretKey?: string;
  token?: string;
}

/** The text is no config: the message is the end of a sentence that begins with where it is from. */
export interface DoctorInputError extends Error {
  name: 'DoctorInputError';
}

/** What the doctor found. */
export interface Report {
  isWrong: boolean;
  /** Whether the config is good to send with, whatever Tencent thinks of it. */
  canSend: boolean;
  findings: Finding[];
  /** The findings for a terminal. */
  text: string;
}

/** One thing that the doctor looked at. */
export interface Finding {
  check:
    | 'config'
    | 'api'
    | 'clock'
    | 'key'
    | 'number'
    | 'application'
    | 'signature'
    | 'template'
    | 'packages'
    | 'message'
    | 'delivery';
  state: 'ok' | 'warning' | 'wrong' | 'unknown';
  side?: 'mainland' | 'overseas';
  path?: (string | number)[];
  what: string;
  advice?: string;
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
    /** Where in the config to look. */
    configPath?: string;
  };
  /** For `invalid_config`: what to mend. */
  issues?: Issue[];
}
