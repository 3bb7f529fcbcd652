// What programs in any Thrift language say to Throughgate: partners that submit records (Hub), and connectors that run
// in a process of their own (ConnectorHost).
//
// Wire form: TBinaryProtocol, strict, inside TFramedTransport. Hub is spoken over TLS with a client certificate;
// ConnectorHost over a Unix socket that only the hub's own user, or the process that the hub started, may use.
//
// How this file grows: field ids, names, enum numbers and functions are never changed, reused or removed. New fields are
// optional or have a default, take the next free id, and a reader that does not know them still understands the rest.
// Numbers outside an enum are refused or read as the strictest of its meanings, never guessed. Id 0 belongs to Thrift.
// Instants are microseconds since 1970-01-01T00:00:00Z; 0 means "none". Texts are UTF-8; bodies are bytes.

namespace cpp hub.wire
namespace py throughgate_wire

/// What became of a message. Durable before it is told, except for `refused` and `busy`, which promise nothing.
enum Outcome {
  accepted = 1,   // in the hub's journal
  duplicate = 2,  // same key and same bytes as before: the first receipt again
  parked = 3,     // in the journal; a person at the hub must look at it
  refused = 4,    // never accepted; do not send it unchanged again
  busy = 5,       // not accepted now; send it again later, under the same message_id
}

/// What the one who made the call should do next.
enum Remedy {
  try_again = 1,  // the same call may succeed later
  reconnect = 2,  // the connection is spent
  reject = 3,     // this record can never succeed
  stop = 4,       // nothing can succeed before a person changes something
}

struct Problem {
  1: string file = "",
  2: i32 line = 0,
  3: i32 column = 0,
  4: string code = "",   // stable, for programs
  5: string what = "",   // names the field or line; never quotes a value
  6: string cure = "",
}

/// A call that was not carried out at all.
exception Refusal {
  1: Remedy remedy = Remedy.reject,
  2: string reason = "",  // names fields and lines; never quotes a value
  3: string code = "",
  4: list<Problem> problems = [],
}

// ---- partners -------------------------------------------------------------------------------------------------------

/// One record as the partner writes it. Who sends it is known from the client certificate, never from here.
struct Submission {
  1: string exchange = "",    // which format; may be empty where the hub's source carries one only
  2: string message_id = "",  // the sender's own key: sending again under it never makes a second record
  3: binary body = "",
}

struct Receipt {
  1: Outcome outcome = Outcome.busy,
  2: string receipt = "",       // the same text for a duplicate as the first time; empty unless journalled
  3: i64 accepted_at = 0,
  4: list<Problem> problems = [],
}

/// Which submission is asked about: by receipt, or by message_id. One is enough.
struct StatusQuery {
  1: string receipt = "",
  2: string message_id = "",
}

struct Status {
  1: bool known = false,  // false: not remembered here; submit again under the same message_id to learn the receipt
  2: Receipt receipt,
}

/// The partner's own word on a record that the hub delivered to it.
struct Acknowledgement {
  1: string delivery_key = "",  // as the hub sent it: 64 hexadecimal digits
  2: string message_id = "",    // key of this acknowledgement itself, so that it may be repeated
  3: Outcome outcome = Outcome.accepted,
  4: string reference = "",     // the partner's own reference for the record
  5: i64 happened_at = 0,
  6: list<Problem> problems = [],
}

service Hub {
  /// Answers when the record's fate is durable.
  Receipt submit(1: Submission submission) throws (1: Refusal refusal),
  Status status(1: StatusQuery query) throws (1: Refusal refusal),
  /// Returns when the acknowledgement is in the journal.
  Receipt acknowledge(1: Acknowledgement acknowledgement) throws (1: Refusal refusal),
}

// ---- connectors in a process of their own ---------------------------------------------------------------------------
//
// The connector is the client. Order of calls: hello, then ready once its protocol is open (or could not be opened);
// then a source calls offer and await_settlements, a sink calls take and report, until the hub closes the connection.
// A connector may hold two connections at once, so that waiting on one does not hold up the other; each starts with
// hello, and only one says ready. A connector that cannot go on says fail and ends; the hub starts it again.

enum Role {
  source = 1,
  sink = 2,
}

/// How the receiver stands to a record that is sent twice.
enum Repeats {
  key = 1,    // it honours the delivery key
  query = 2,  // it can be asked: the connector answers tasks of kind `ask`
  none = 3,
}

enum TaskKind {
  send = 1,
  ask = 2,
}

struct Fault {
  1: Remedy remedy = Remedy.reconnect,
  2: string what = "",
  3: string where = "",
  4: string cure = "",
  5: string code = "",
  6: bool outcome_unknown = false,  // the receiver may have acted although no answer came
}

struct Hello {
  1: string program = "",  // for messages: what the connector calls itself
  2: i32 version = 1,      // of this conversation
}

/// One <setting> of the site, with the place it stands.
struct Setting {
  1: string name = "",
  2: string value = "",
  3: string file = "",
  4: i32 line = 0,
}

struct Configuration {
  1: string connector = "",    // which connector of the catalogue
  2: Role role = Role.source,
  3: string name = "",         // of this source or sink in the site
  4: string site_folder = "",  // relative paths in settings start here
  5: list<Setting> settings = [],
  6: i32 batch_max = 64,               // records in one offer, tasks in one take
  7: i32 record_bytes_max = 8388608,   // one body
  8: i32 wait_ms_max = 1000,           // longest wait that take and await_settlements honour
  9: i32 silence_ms_max = 15000,       // a connector that calls nothing for longer is ended
}

struct Readiness {
  1: bool open = false,
  2: Fault fault,                     // why not, when not open
  3: Repeats repeats = Repeats.none,  // sinks only
}

struct Incoming {
  1: string token = "",       // chosen by the connector, handed back unread; unique while unsettled
  2: string sender = "",      // proven by the channel
  3: string message_id = "",
  4: string exchange = "",
  5: binary body = "",
}

struct Settlement {
  1: string token = "",
  2: Outcome outcome = Outcome.busy,
  3: string receipt = "",
  4: i64 accepted_at = 0,
  5: list<Problem> problems = [],
}

struct Outgoing {
  1: string key = "",          // 64 hexadecimal digits; the same for every attempt
  2: string route = "",
  3: string recipient = "",
  4: string record_type = "",
  5: string media_type = "",
  6: binary body = "",
  7: i32 attempt = 1,
}

struct Task {
  1: i64 id = 0,
  2: TaskKind kind = TaskKind.send,
  3: Outgoing outgoing,  // for send
  4: string key = "",    // for ask
}

/// The answer to one task. Exactly one of handed and fault is meant: `ok` says which.
struct TaskResult {
  1: i64 task = 0,
  2: bool ok = false,
  3: string evidence = "",  // the partner's receipt; may be empty
  4: bool found = false,    // for ask: whether the receiver has it
  5: Fault fault,           // when not ok
}

service ConnectorHost {
  Configuration hello(1: Hello hello) throws (1: Refusal refusal),
  void ready(1: Readiness readiness) throws (1: Refusal refusal),
  /// True: the hub has the records in hand and will settle each. False: no room now, offer the same batch again.
  bool offer(1: list<Incoming> batch) throws (1: Refusal refusal),
  /// Those whose fate is durable by now, in any order; waits for the first at most wait_ms, and may return none.
  list<Settlement> await_settlements(1: i32 wait_ms) throws (1: Refusal refusal),
  /// Work for a sink; waits for the first at most wait_ms, and may return none.
  list<Task> take(1: i32 tasks_max, 2: i32 wait_ms) throws (1: Refusal refusal),
  void report(1: list<TaskResult> results) throws (1: Refusal refusal),
  /// The connector cannot go on and is about to end.
  void fail(1: Fault fault) throws (1: Refusal refusal),
}
