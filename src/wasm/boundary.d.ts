/** A problem in a config. The message is the end of a sentence that begins with the path. */
export interface Issue {
  path: (string | number)[];
  message: string;
}

/** An event in the history of a task. Times are whole UNIX milliseconds. The first event is `startedAt`. */
export type Event =
  | { startedAt: number }
  | (Exchanged & (AnsweredExchange | FailedExchange))
  | StoreReply
  | StoreExamined
  | { waitedMs: number }
  /** The readings are in the order of the step's places. */
  | { read: Reading[] };

/** A place that holds a text: an environment variable, or a file by its absolute path. */
export type Place = { env: string } | { file: string };

/** The result of reading a place. */
export type Reading = Place &
  (
    | {
        /** The text, cut off after one byte more than the step allows. */
        text: string;
        /** The path of the file after all links are resolved. */
        realPath?: string;
      }
    /** Node's code, such as `ENOENT`, or one of the shim's own codes: `not set`, `not a file`. */
    | { failure: string }
  );

/** The end of a command for the store of counts that several processes share. */
export interface StoreReply {
  store: StoreCommand['action'];
  /** Absent if the store did not reply in time, or nobody waits for the reply. */
  reply?: number[];
}

/** The result of examining the store. */
export interface StoreExamined {
  storeExamined: {
    /** The code of the error, if the command failed. */
    failure?: string;
    /** The server's `INFO`, if the user may read it. */
    info?: string;
    /** The shortest time of some round trips, in microseconds. */
    roundTripUs?: number;
  };
}

export interface StoreCommand {
  action: 'take' | 'giveBack' | 'look' | 'reset';
  /** The keys of the counts, and the key of the clock, all in one hash slot. */
  keys: string[];
  /**
   * For each count, the time after which a taken place is free again, and the time after which all places are, in
   * microseconds.
   */
  times: number[];
}

export interface Exchanged {
  /** The action of the request, or the source of the key that it asks for. */
  action: string;
  /** The number of times that the HTTP client is known to have begun to send the request. */
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
   * The code of Node's or the HTTP client's error, the name of an error without a code, or one of the
   * shim's own codes: `deadline`, `too many sends`, `no fetch`, `repeated`.
   */
  failure: string;
  /** The system call that failed. */
  syscall?: string;
  /** The host name that could not be resolved. */
  hostname?: string;
  /** The port that could not be reached. */
  port?: number;
  /** The HTTP status with which a proxy refused to open the tunnel. */
  proxyStatus?: number;
}

/**
 * The next step of a task. After every step except `done`, the shim must add an `Event` for each request
 * or wait, and call the core again.
 */
export type Step<Outcome> =
  /** Tasks that make the same request at the same time must share one exchange if `isShared`. */
  | ({ kind: 'request'; request: HttpRequest; isShared?: true } & Limits)
  /** The shim must send all requests at once. */
  | ({ kind: 'requests'; requests: HttpRequest[] } & Limits)
  | { kind: 'store'; command: StoreCommand }
  | { kind: 'examineStore'; command: StoreCommand }
  | { kind: 'wait'; ms: number }
  | ReadingStep<Outcome>;

/** The next step of a task that only reads. */
export type ReadingStep<Outcome> =
  /** The shim must read all places at once. */
  { kind: 'read'; places: Place[]; maxBytes: number } | { kind: 'done'; outcome: Outcome };

export interface Limits {
  /** The time for the whole exchange, including the answer's body. */
  timeoutMs: number;
}

/** The result of a send. */
export interface Sent {
  receipt: Receipt;
  /** Lines for the operator, without a full stop at the end. */
  warnings?: string[];
}

/** An HTTP request. The shim must not change a byte of it, because a request to Tencent is signed. */
export interface HttpRequest {
  /** The action that the request calls, or the source of the key that it asks for. */
  action: string;
  url: string;
  method: string;
  headers: Record<string, string>;
  /** Absent for a request without one. */
  body?: string;
}

/** Proof that Tencent accepted the message: Tencent's IDs. */
export interface Receipt {
  requestId?: string;
  serialNo: string;
  /** True if Tencent says that it sent the message to a number other than the requested one. */
  phoneNumberDiffers?: true;
}

/** The facts about a message and its requests for the trace of a send. */
export interface SendDescription {
  /** Absent if the config or the message cannot be read. */
  side?: 'mainland' | 'overseas';
  /** Logto's usage type, or `other` for one that is not known. */
  usageType?: string;
  /** The number of requests that were made. */
  attempts: number;
}

/** The result of a count. */
export interface Usage {
  /**
   * The number of messages. It is absent if the count failed or took too long, or the config is invalid.
   */
  count?: number;
}

/** The counts of a number in the store that several processes share. */
export interface CountsOfNumber {
  /** True if the store replied. */
  isKnown: boolean;
  /** A line for each limit, or a line about the reason for which there is none. */
  lines: string[];
}

/** An API key from the environment. */
export interface Environment {
  secretId?: string;
  secretKey?: string;
  token?: string;
}

/**
 * The error for a text that is not a config. The message is the end of a sentence that begins with the
 * source of the text.
 */
export interface DoctorInputError extends Error {
  name: 'DoctorInputError';
}

/** The findings of an examination. */
export interface Report {
  isWrong: boolean;
  /** True if the config is valid, even if Tencent would refuse it. */
  canSend: boolean;
  findings: Finding[];
  /** The findings as text for a terminal. */
  text: string;
}

/** A text by its id in the catalogue, with its values. */
export interface TextOfCatalogue {
  id: string;
  values: Record<string, string | TextOfCatalogue>;
}

/** The result of one check. */
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
    | 'delivery'
    | 'store'
    | 'logto';
  state: 'ok' | 'warning' | 'wrong' | 'unknown';
  side?: 'mainland' | 'overseas';
  path?: (string | number)[];
  /** The finding for programs: it stays the same in every language. */
  finding: TextOfCatalogue;
  what: string;
  advice?: string;
}

/** A task of the set-up in a running Logto. */
export type SetUpTask = LogtoAccess &
  (
    | ({ kind: 'preview'; applies: boolean } & WantedConfig)
    | ({ kind: 'test'; to: string } & WantedConfig)
    /** `state` is that of the preview. */
    | ({ kind: 'apply'; state: string } & WantedConfig)
    | { kind: 'export' }
  );

export interface LogtoAccess {
  /** The URL of Logto without a slash at the end. */
  url: string;
  /** The ID and the secret of a machine-to-machine application, as the header `Authorization`. */
  authorization: string;
}

/** The result of reading a running Logto: the content for `examine`, or a sentence about the problem. */
export type LogtoReading = { content: string } | { problem: string };

export interface WantedConfig {
  /** True if the file has any connector that was written before it was replaced. */
  restores: boolean;
  /** The ID of the SMS connector that may be replaced. */
  replace?: string;
}

/** The result of a task of the set-up. */
export interface SetUpReport {
  /** Absent if Logto could not be asked. */
  outcome?: 'same' | 'differs' | 'applied' | 'sent' | 'exported' | 'refused';
  /** The result as text for a terminal. */
  text: string;
  /** The sentences about the result in `text`. */
  sentences: string[];
  differences: { path: (string | number)[]; before?: string; after?: string }[];
  /** The mark of the state that the report is about. */
  state: string;
  /** The exported config as JSON. */
  config?: string;
  /** The SMS connector that the change deletes. The content contains its secrets. */
  replaced?: { connectorId: string; content: string };
}

/** The values of the kit's `ConnectorErrorCodes` that the connector throws. */
export type ConnectorErrorCode =
  | 'general'
  | 'invalid_request_parameters'
  | 'insufficient_request_parameters'
  | 'invalid_config'
  | 'invalid_response'
  | 'template_not_found'
  | 'rate_limit_exceeded'
  | 'usage_limit_exceeded';

/** The error that `sendMessage` throws. It has no secrets, because an unauthenticated caller may see it. */
export interface CoreError extends Error {
  name: 'CoreError';
  code: ConnectorErrorCode;
  data: {
    /** A sentence for the end user, in the user's language; for the Console's test, the operator's line. */
    errorDescription: string;
    tencentCode?: string;
    requestId?: string;
    /**
     * The cause without a code of Tencent's, for Logto's audit log: the code of Node's or the HTTP client's
     * error, such as `ECONNREFUSED`; `timeout`; or the status of an answer that is not Tencent's, such as
     * `HTTP status 502`.
     */
    reason?: string;
    /** The place in the config that must be fixed. */
    configPath?: string;
  };
  /** A line for the operator's console, without a full stop at the end. */
  operatorLine: string;
  /** The outcome of the send: Tencent refused the message, it was certainly not sent, or neither is known. */
  outcome: 'refused' | 'not-sent' | 'unknown';
  /** The problems in the config, for `invalid_config` in the Console's test. */
  issues?: Issue[];
}
