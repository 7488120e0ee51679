/// Numbers, lists, dates and times, written as the vocabulary's language writes them.
extension Vocabulary {
    /// A whole number, digits in groups of three from 10,000 up.
    func integer(_ value: Int) -> String {
        let digits = String(value.magnitude)
        let sign = value < 0 ? self(.numberMinus) : ""
        guard digits.count > 4 else { return sign + digits }
        let mark = self(.numberGroup)
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { grouped += mark }
            grouped.append(digit)
        }
        return sign + grouped
    }

    /// A number with one decimal.
    func decimal(_ value: Double) -> String {
        guard let tenths = Int(exactly: (value * 10).rounded()) else { return "" }
        let magnitude = tenths.magnitude
        let sign = tenths < 0 ? self(.numberMinus) : ""
        return "\(sign)\(magnitude / 10)\(self(.numberDecimal))\(magnitude % 10)"
    }

    /// A share in whole per cent; of nothing it is 0.
    func percent(_ part: Int, of whole: Int) -> String {
        let share = whole == 0 ? 0 : Int(exactly: (Double(part) * 100 / Double(whole)).rounded()) ?? 0
        return self(.numberPercent, ["number": integer(share)])
    }

    /// A list in words, as in `a, b and c`.
    func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return self(.listLast, ["first": items.dropLast().joined(separator: ", "), "last": last])
    }

    /// A day and a time of day.
    func moment(_ time: LocalTime) -> String {
        self(.dateMoment, ["day": day(time), "time": clock(time)])
    }

    /// A day with its weekday.
    func day(_ time: LocalTime) -> String {
        self(
            .dateDay,
            [
                "weekday": self(Key.weekdays[time.weekday]), "day": String(time.day),
                "month": self(Key.months[time.month - 1]), "year": String(time.year),
            ])
    }

    /// A time of day.
    func clock(_ time: LocalTime) -> String {
        self(.dateClock, ["hour": twoDigits(time.hour), "minute": twoDigits(time.minute)])
    }
}

func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
