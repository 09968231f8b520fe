/** One thing to mend in a config. The message is the end of a sentence that begins with the path. */
export interface Issue {
  path: (string | number)[];
  message: string;
}

/** One thing that happened. Times are whole UNIX milliseconds. The first event is `startedAt`. */
export type Event =
  | { startedAt: number }
  | (Exchanged & (AnsweredExchange | FailedExchange))
  | { waitedMs: number };

export interface Exchanged {
  /** The action of the request. */
  action: string;
  /** How often the request is known to have left, or begun to leave. */
  departures: number;
}

export interface AnsweredExchange {
  receivedAt: number;
  status: number;
  date?: number;
  body: string;
}

export interface FailedExchange {
  /**
   * The code of Node's or the HTTP client's error, or the name of an error without a code; or one of
   * the shim's own: `deadline`, `too many sends`, `no fetch`, `repeated`.
   */
  failure: string;
  /** The system call that failed. */
  syscall?: string;
  /** The host name that could not be resolved. */
  hostname?: string;
  /** The port that could not be reached. */
  port?: number;
  /** The HTTP status with which a proxy refused the tunnel. */
  proxyStatus?: number;
}

/** What to do next. After all but `done`, add an `Event` for each thing done, and ask again. */
export type Step<Outcome> =
  | ({ kind: 'request'; request: HttpRequest } & Limits)
  /** All of them at once. */
  | ({ kind: 'requests'; requests: HttpRequest[] } & Limits)
  | { kind: 'wait'; ms: number }
  | { kind: 'done'; outcome: Outcome };

export interface Limits {
  /** Give up if the answer is not there, body and all, by then. */
  timeoutMs: number;
}

/** The end of a send. */
export interface Sent {
  receipt: Receipt;
  /** Lines for the operator, without a full stop. */
  warnings?: string[];
}

/** Every byte of it is signed or sent as it stands. */
export interface HttpRequest {
  /** The action that it calls. */
  action: string;
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
  /** One line for the operator's console, without a full stop. */
  operatorLine: string;
  /** For `invalid_config`: what to mend. */
  issues?: Issue[];
}
