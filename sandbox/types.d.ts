/** The types of the package for tests that start a sandbox of their own. A test checks them against the code. */

/** Starts a sandbox. Without options, it listens on a free port of 127.0.0.1. */
export function startSandbox(options?: SandboxOptions): Promise<Sandbox>;

export interface SandboxOptions {
  /** The port to listen on; 0, the default, means any free port. */
  port?: number;
  /** The address to listen on. Default: 127.0.0.1. */
  host?: string;
  /** The account to play, as `tencent-sms-sandbox --print-account` prints it. */
  account?: Account;
  /** The URL to which deliveries are reported, on this machine or on a private network. */
  callbackUrl?: string;
  /** The sandbox's clock, in UNIX milliseconds. */
  now?: () => number;
  /** The largest number of messages and of requests to keep. Default: 5000. */
  keep?: number;
}

export interface Sandbox {
  /** The address to which clients send, such as `http://127.0.0.1:4180`. */
  url: string;
  port: number;
  /** The config of connector-tencent-sms-wasm for this sandbox, with the key. */
  config: { accessKeyId: string; accessKeySecret: string; signName: string; sdkAppId: string };
  /** The accepted messages, oldest first. */
  messages: Message[];
  /** The total numbers of messages and of requests. */
  totals: { messages: number; requests: number };
  /** Sets the fault of the next requests, or clears it if no name is given. The help page lists the names. */
  setFault(name?: string, options?: { times?: number; action?: string }): void;
  /** Sends a reply from a phone. Returns false if no message was sent to this phone. */
  reply(from: string, content: string): boolean;
  close(): Promise<void>;
}

export interface Message {
  serialNo: string;
  /** The number in E.164. */
  phoneNumber: string;
  smsSdkAppId: string;
  signName: string;
  senderId: string;
  templateId: string;
  templateParams: string[];
  /** The text that the phone shows. */
  text: string;
  region: string;
  requestId: string;
  /** The time in ISO 8601. */
  receivedAt: string;
}

export interface Account {
  secretId: string;
  secretKey: string;
  /** The token of a temporary key. */
  securityToken?: string;
  smsSdkAppIds: string[];
  signatures: {
    signId: number;
    signName: string;
    /** 0 for mainland China, 1 for the rest of the world. */
    international: 0 | 1;
    /** 0 usable, 1 in review, 2 approved but not yet in force, -1 refused. */
    statusCode: 0 | 1 | 2 | -1;
    reviewReply?: string;
    /** The time in UNIX seconds. */
    createTime?: number;
    qualification?: {
      qualificationId: number;
      qualificationName: string;
      statusCode: 0 | 1 | 2 | 3 | 4 | 5;
    };
  }[];
  templates: {
    templateId: string;
    templateName?: string;
    kind: 'verification' | 'notification';
    /** The text, with its variables as `{1}`, `{2}`, … */
    content: string;
    /** 0 for mainland China, 1 for the rest of the world, 3 for both. */
    international: 0 | 1 | 3;
    statusCode: 0 | 1 | 2 | -1;
    reviewReply?: string;
    createTime?: number;
    usageTypes?: string[];
  }[];
  packages: {
    packageId: number;
    packageType: 0 | 1;
    amount: number;
    currentUsage: number;
    createTime: number;
    effectiveTime: number;
    expiredTime: number;
  }[];
  /** The actions that the key may not call, with the error code of the refusal. */
  restrictions: Record<string, string>;
  deliveryReportSeconds: number;
}
