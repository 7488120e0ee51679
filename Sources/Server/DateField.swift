internal import EventLoop
internal import Foundation
internal import Synchronization

/// The Date field (RFC 9110 §6.6.1), made once a second.
final class DateField: Sendable {
    private let cache = Mutex<(second: Int64, text: String)>((0, ""))

    /// The time now, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    func current() -> String {
        let second = WallClock.nowMilliseconds() / 1000
        return cache.withLock { cache in
            if cache.second != second { cache = (second, Self.text(second)) }
            return cache.text
        }
    }

    private static func text(_ second: Int64) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let date = Date(timeIntervalSince1970: TimeInterval(second))
        let parts = calendar.dateComponents(
            [.weekday, .day, .month, .year, .hour, .minute, .second], from: date)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int?) -> String { String((number ?? 0) + 100).suffix(2).description }
        return "\(days[(parts.weekday ?? 1) - 1]), \(two(parts.day)) \(months[(parts.month ?? 1) - 1]) "
            + "\(parts.year ?? 0) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) GMT"
    }
}
