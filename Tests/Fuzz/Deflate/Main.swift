import FuzzChecks

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    Checks.deflate.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
