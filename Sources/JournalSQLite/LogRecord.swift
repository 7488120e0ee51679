import Journal

/// `Journal`'s record, under a name that GRDB does not use too.
///
/// The module's name cannot tell them apart, since the protocol has the same one.
typealias LogRecord = Record
