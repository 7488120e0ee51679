/// A point in time as a calendar and a clock show it, a fixed number of minutes from UTC, in the Gregorian calendar.
struct LocalTime: Hashable, Sendable {
    let year: Int
    /// From 1.
    let month: Int
    /// From 1.
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    /// From 0, which is Monday.
    let weekday: Int
    /// Minutes east of UTC.
    let offset: Int

    /// Reads a time.
    ///
    /// - Parameters:
    ///   - milliseconds: Since 1970-01-01T00:00:00Z; at most some 9,000 years away, further is cut off there.
    ///   - offset: Minutes east of UTC, −1,440 to 1,440; further is cut off there.
    init(_ milliseconds: Int64, offset: Int) {
        let bound: Int64 = 300_000_000_000_000
        self.offset = min(max(offset, -1_440), 1_440)
        let seconds = Int(min(max(milliseconds, -bound), bound).floored(by: 1_000)) + self.offset * 60
        let days = seconds.floored(by: 86_400)
        let time = seconds - days * 86_400
        hour = time / 3_600
        minute = time / 60 % 60
        second = time % 60
        weekday = (days + 3) - (days + 3).floored(by: 7) * 7  // 1970-01-01 was a Thursday

        // Counting years from March puts the leap day last, so that a date is the same function of the day of every year.
        let shifted = days + 719_468  // from 0000-03-01
        let cycle = shifted.floored(by: 146_097)  // 400 years
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
    }

    /// As ISO 8601 writes it, to the second: `2026-11-24T09:05:00+01:00`, or with `Z` at UTC itself.
    var iso8601: String {
        let date = "\(fourDigits(year))-\(twoDigits(month))-\(twoDigits(day))"
        let time = "\(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))"
        guard offset != 0 else { return "\(date)T\(time)Z" }
        let distance = abs(offset)
        return
            "\(date)T\(time)\(offset < 0 ? "-" : "+")\(twoDigits(distance / 60)):\(twoDigits(distance % 60))"
    }
}

extension Findings {
    /// A point in time by the calendar and the clock of a place.
    ///
    /// - Parameters:
    ///   - milliseconds: Since 1970-01-01T00:00:00Z.
    ///   - utcOffsetMinutes: The place's distance from UTC, east positive.
    /// - Returns: Month and day from 1, hour, minute and second from 0.
    public static func calendar(
        _ milliseconds: Int64, utcOffsetMinutes: Int
    ) -> (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        let time = LocalTime(milliseconds, offset: utcOffsetMinutes)
        return (time.year, time.month, time.day, time.hour, time.minute, time.second)
    }
}

private func fourDigits(_ value: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

extension BinaryInteger {
    /// The quotient rounded down, also below zero; `divisor` is positive.
    fileprivate func floored(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self < quotient * divisor ? quotient - 1 : quotient
    }
}
