internal import CQREncode
internal import Glibc

/// Why a text has no code.
public enum QRError: Error, Hashable, Sendable {
    /// Empty, or it holds a NUL, which the encoder would take as the end.
    case unsuitableText
    /// More than the largest symbol holds: at level M 2,331 bytes, more of digits or capitals alone.
    case tooLong(byteCount: Int)
    /// The encoder had no memory.
    case outOfMemory
}

/// A QR symbol (ISO/IEC 18004) as a square of dark and light modules, without its quiet zone.
public struct QRMatrix: Hashable, Sendable {
    /// Modules on a side: 21 for the smallest symbol, 177 for the largest.
    public let size: Int
    /// Row by row; true is dark.
    private let modules: [Bool]

    /// Encodes a text at error correction level M, which survives about 15 % damage, in the smallest symbol.
    ///
    /// - Parameter text: Sent as UTF-8; capitals and digits take less room. Keep to ASCII: a symbol does not say
    ///   which encoding it holds, and some readers guess wrongly.
    /// - Throws: When the text fits no symbol.
    public init(_ text: String) throws(QRError) {
        guard !text.isEmpty, !text.utf8.contains(0) else { throw .unsuitableText }
        let byteCount = text.utf8.count
        // 7,089 digits are the most that any symbol of any level holds; a longer text is not worth the encoder's time.
        guard byteCount <= 7089 else { throw .tooLong(byteCount: byteCount) }
        guard let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
            throw errno == ENOMEM ? .outOfMemory : .tooLong(byteCount: byteCount)
        }
        defer { QRcode_free(code) }
        size = Int(code.pointee.width)
        // The lowest bit of a module is its colour; the others tell what it is for.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: size * size).map { $0 & 1 == 1 }
    }

    /// The colour of a module.
    ///
    /// - Parameters:
    ///   - x: The column, 0 at the left.
    ///   - y: The row, 0 at the top.
    /// - Returns: Whether it is dark; what lies outside is the quiet zone, which is light.
    public func isDark(_ x: Int, _ y: Int) -> Bool {
        guard (0..<size).contains(x), (0..<size).contains(y) else { return false }
        return modules[y * size + x]
    }
}
