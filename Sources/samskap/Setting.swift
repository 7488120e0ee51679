import Foundation

/// Options that can also be given in the environment; the command line wins.
enum Setting {
    /// A text option, or `SAMSKAP_NAME`.
    static func text(_ option: String?, _ name: String) -> String? {
        option ?? ProcessInfo.processInfo.environment["SAMSKAP_\(name)"]
    }

    /// A number option, or `SAMSKAP_NAME`, or a default.
    ///
    /// - Throws: When the environment's value is no such number.
    static func number<Number: FixedWidthInteger>(
        _ option: Number?, _ name: String, otherwise: Number
    ) throws -> Number {
        if let option { return option }
        guard let text = text(nil, name) else { return otherwise }
        guard let number = Number(text) else { throw SettingError(name: name, value: text) }
        return number
    }
}

/// A value in the environment that cannot be used.
struct SettingError: Error, CustomStringConvertible {
    var name: String
    var value: String
    var description: String { "SAMSKAP_\(name)=\(value) is not a number in range" }
}
