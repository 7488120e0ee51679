internal import CLinux
internal import Dispatch
internal import Glibc

/// Readiness and timers of one worker: one epoll set, watched by one Dispatch source.
///
/// The loop belongs to an actor whose executor is a ``LoopExecutor``, and is used only inside that actor; it is
/// not `Sendable`, and debug builds check the queue. The owner gives ``start(_:)`` the door back into itself:
///
/// ```swift
/// actor Worker {
///     nonisolated let executor: LoopExecutor
///     nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
///     private let loop: EventLoop
///
///     init() throws {
///         executor = LoopExecutor(label: "worker")
///         loop = try EventLoop(executor: executor)
///     }
///
///     func run() {
///         loop.onTurnEnd = { [unowned self] in assumeIsolated { $0.flush() } }
///         loop.start { [weak self] in self?.assumeIsolated { $0.loop.turn() } }
///     }
/// }
/// ```
///
/// Theory: an epoll descriptor is itself readable while an event waits in its set. Dispatch watches that one
/// descriptor, so thousands of sockets cost one source. The source's handler enters the actor and calls
/// ``turn()``, which takes events in batches until there are none or ``roundsPerTurn`` batches are done; then the
/// queue's other blocks have their turn, and Dispatch fires again if events are left. After each batch
/// ``onTurnEnd`` runs, so that what one batch caused can leave in one send per socket.
public final class EventLoop {
    /// Batches in one turn before the queue's other blocks get their chance.
    public static let roundsPerTurn = 8
    /// Events taken from the kernel at once.
    public static let eventsPerRound = 512
    /// The token of the loop's own timer descriptor; no registration has it (see `SlotTable.remove`).
    private static let timerToken = UInt64.max

    private enum Phase { case idle, running, stopped }

    private struct Watch {
        let handler: any ReadinessHandler
        let descriptor: Int32
        var interest: Interest
    }

    /// The executor of the owning actor.
    public let executor: LoopExecutor

    /// Runs after each batch of readiness events and timers, and after a job that called ``requestTurnEnd()``.
    ///
    /// The loop holds it until ``stop()``: capture the owner `unowned`.
    public var onTurnEnd: (() -> Void)?

    /// How long a turn that finds nothing more waits before it looks again, twice at most, in nanoseconds; 0 for not at all.
    ///
    /// Each wake-up by Dispatch costs about 8 µs and two context switches. An owner under load lets more come together
    /// for one, as a network card does that moderates its interrupts. Blocks on the queue wait as long.
    public var restNanoseconds: Int64 = 0

    private let set: Int32
    private let timerDescriptor: Int32
    private let events: OpaquePointer
    private var phase = Phase.idle
    private var source: (any DispatchSourceRead)?
    private var wake: (@Sendable () -> Void)?
    private var watches = SlotTable<Watch>()
    private var timers = TimerQueue()
    private var armedDeadline: Int64?

    private var isInTurn = false
    private var isDispatching = false
    private var turnEndIsDue = false
    private var wakeIsQueued = false

    /// Opens an empty epoll set and its timer.
    ///
    /// - Parameter executor: The executor of the actor that will own the loop.
    /// - Throws: The kernel's refusal, as a rule because no descriptors are left.
    public init(executor: LoopExecutor) throws(SystemError) {
        let set = try SystemError.check(clinux_epoll_create(), "epoll_create1")
        let timer = clinux_timer_create()
        let added = timer < 0 ? timer : clinux_epoll_add(set, timer, CLINUX_EPOLLIN, Self.timerToken)
        guard added >= 0, let events = clinux_events_create(Int32(Self.eventsPerRound)) else {
            _ = close(set)
            if timer >= 0 { _ = close(timer) }
            throw SystemError(operation: "timerfd", code: added < 0 ? -added : ENOMEM)
        }
        self.executor = executor
        self.set = set
        timerDescriptor = timer
        self.events = events
    }

    deinit {
        closeDescriptors()
        clinux_events_destroy(events)
    }

    /// Readiness handlers registered.
    public var registrationCount: Int { watches.count }

    /// Timers that are neither fired nor cancelled.
    public var timerCount: Int { timers.count }

    /// Begins to deliver events. Call once, on the loop's queue.
    ///
    /// - Parameter wake: Called by Dispatch on the loop's queue. It enters the owner by `assumeIsolated` and calls
    ///   ``turn()``; capture the owner weakly.
    public func start(_ wake: @escaping @Sendable () -> Void) {
        assertOnQueue()
        guard phase == .idle else { return }
        phase = .running
        self.wake = wake
        let source = DispatchSource.makeReadSource(fileDescriptor: set, queue: executor.queue)
        source.setEventHandler { @Sendable in wake() }
        self.source = source
        source.resume()
        if turnEndIsDue { queueWake() }
    }

    /// Ends the loop for good: no handler, timer or turn end runs afterwards. The sockets stay their owners'.
    public func stop() {
        assertOnQueue()
        guard phase != .stopped else { return }
        closeDescriptors()
        phase = .stopped
        wake = nil
        onTurnEnd = nil
        watches.removeAll()
        timers.removeAll()
    }

    /// Dispatch demands that a watched descriptor is closed only after the source is cancelled.
    private func closeDescriptors() {
        guard phase != .stopped else { return }
        let (set, timer) = (set, timerDescriptor)
        guard let source else {
            _ = close(timer)
            _ = close(set)
            return
        }
        source.setCancelHandler { @Sendable in
            _ = close(timer)
            _ = close(set)
        }
        source.cancel()
        self.source = nil
    }

    // MARK: Readiness

    /// Watches a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: Non-blocking, and open until it is deregistered.
    ///   - interest: What to hear about.
    ///   - handler: Held until ``deregister(_:)`` or ``stop()``.
    /// - Returns: What to change or end the watch with.
    /// - Throws: The kernel's refusal: `EEXIST` for a descriptor watched already, `ENOSPC` at the user's limit.
    public func register(
        _ descriptor: Int32, interest: Interest, handler: any ReadinessHandler
    ) throws(SystemError) -> Registration {
        assertOnQueue()
        guard phase != .stopped else { throw SystemError(operation: "epoll_ctl", code: EBADF) }
        let token = watches.insert(Watch(handler: handler, descriptor: descriptor, interest: interest))
        let result = clinux_epoll_add(set, descriptor, interest.mask, token.packed)
        guard result >= 0 else {
            _ = watches.remove(token)
            throw SystemError(operation: "epoll_ctl", code: -result)
        }
        return Registration(token: token)
    }

    /// Changes what a watch wants to hear about; no system call when that is what it has, nothing when it is stale.
    ///
    /// - Parameters:
    ///   - registration: The watch.
    ///   - interest: What to hear about from now on; empty leaves `hangup` of both sides and `error`.
    /// - Throws: The kernel's refusal.
    public func modify(_ registration: Registration, interest: Interest) throws(SystemError) {
        assertOnQueue()
        guard var watch = watches[registration.token], watch.interest != interest else { return }
        let token = registration.token
        _ = try SystemError.check(
            clinux_epoll_modify(set, watch.descriptor, interest.mask, token.packed), "epoll_ctl")
        watch.interest = interest
        watches.replace(token, with: watch)
    }

    /// Ends a watch; its handler hears nothing more, not even what is already taken from the kernel.
    ///
    /// Call before the descriptor is closed. A stale registration does nothing.
    ///
    /// - Parameter registration: The watch.
    public func deregister(_ registration: Registration) {
        assertOnQueue()
        guard let watch = watches.remove(registration.token) else { return }
        _ = clinux_epoll_remove(set, watch.descriptor)
    }

    // MARK: Timers

    /// Runs an action once, after a delay; never early, and late by as much as the queue is busy.
    ///
    /// - Parameters:
    ///   - milliseconds: The delay; at once (in a later turn) when 0 or negative.
    ///   - action: Held until it has run or is cancelled.
    /// - Returns: What to cancel it with.
    @discardableResult
    public func schedule(afterMilliseconds milliseconds: Int64, _ action: @escaping () -> Void) -> TimerToken
    {
        let (delay, tooLong) = max(0, milliseconds).multipliedReportingOverflow(by: 1_000_000)
        let (deadline, tooLate) = MonotonicClock.nowNanoseconds().addingReportingOverflow(delay)
        return schedule(nanoseconds: tooLong || tooLate ? .max : deadline, action)
    }

    /// Runs an action once, at a time of ``MonotonicClock``.
    ///
    /// - Parameters:
    ///   - milliseconds: The time; at once (in a later turn) when it has passed.
    ///   - action: Held until it has run or is cancelled.
    /// - Returns: What to cancel it with.
    @discardableResult
    public func schedule(atMilliseconds milliseconds: Int64, _ action: @escaping () -> Void) -> TimerToken {
        let (deadline, tooLate) = max(0, milliseconds).multipliedReportingOverflow(by: 1_000_000)
        return schedule(nanoseconds: tooLate ? .max : deadline, action)
    }

    /// Runs an action once, at a time of ``MonotonicClock`` in nanoseconds; otherwise as `schedule(atMilliseconds:)`.
    @discardableResult
    public func schedule(atNanoseconds deadline: Int64, _ action: @escaping () -> Void) -> TimerToken {
        schedule(nanoseconds: deadline, action)
    }

    private func schedule(nanoseconds deadline: Int64, _ action: @escaping () -> Void) -> TimerToken {
        assertOnQueue()
        let token = timers.insert(deadline: deadline, action: action)
        if !isInTurn { armTimer() }
        return TimerToken(token: token)
    }

    /// Takes back a timer; does nothing when it has fired or was cancelled.
    ///
    /// - Parameter timer: What `schedule` returned.
    public func cancel(_ timer: TimerToken) {
        assertOnQueue()
        timers.cancel(timer.token)
    }

    /// Sets the timer descriptor when the earliest deadline came nearer. A cancelled earliest timer leaves it as
    /// it is: one idle wake-up is cheaper than a system call for each cancelled timer.
    private func armTimer() {
        guard phase != .stopped, let earliest = timers.earliestDeadline() else { return }
        if let armedDeadline, armedDeadline <= earliest { return }
        armedDeadline = earliest
        _ = clinux_timer_arm(timerDescriptor, max(1, earliest))
    }

    private func fireTimers() {
        clinux_timer_drain(timerDescriptor)
        armedDeadline = nil
        let (now, horizon) = (MonotonicClock.nowNanoseconds(), timers.horizon)
        while let action = timers.takeDue(now: now, before: horizon) { action() }
    }

    // MARK: Turns

    /// Asks that ``onTurnEnd`` runs soon: at the end of the batch that is being delivered, otherwise once after the
    /// blocks that the queue already holds, so that several jobs' output leaves together.
    public func requestTurnEnd() {
        assertOnQueue()
        guard phase != .stopped else { return }
        turnEndIsDue = true
        if !isDispatching { queueWake() }
    }

    private func queueWake() {
        guard let wake, !wakeIsQueued else { return }
        wakeIsQueued = true
        executor.queue.async(execute: wake)
    }

    /// Delivers what is ready, in bounded rounds; called from the door given to ``start(_:)``.
    public func turn() {
        assertOnQueue()
        guard phase == .running, !isInTurn else { return }
        isInTurn = true
        wakeIsQueued = false
        var rests = 0
        for _ in 0..<Self.roundsPerTurn {
            let count = clinux_epoll_poll(set, events, Int32(Self.eventsPerRound))
            guard count > 0 else {
                guard restNanoseconds > 0, rests < 2 else { break }
                rests += 1
                clinux_sleep(restNanoseconds)
                continue
            }
            deliver(count)
            endBatch()
            guard phase == .running else { break }
        }
        if turnEndIsDue, !wakeIsQueued { endBatch() }
        isInTurn = false
    }

    private func deliver(_ count: Int32) {
        isDispatching = true
        for index in 0..<count {
            let token = clinux_event_token(events, index)
            if token == Self.timerToken {
                fireTimers()
            } else if let watch = watches[SlotToken(packed: token)] {
                // A stale event (deregistered by an earlier one of this batch) finds no watch.
                watch.handler.ready(Readiness(mask: clinux_event_mask(events, index)))
            }
            guard phase == .running else { break }
        }
        isDispatching = false
    }

    private func endBatch() {
        turnEndIsDue = false
        onTurnEnd?()
        armTimer()
    }

    /// In release builds the actor's isolation alone answers for it: this is on the hot path.
    private func assertOnQueue() {
        #if DEBUG
            dispatchPrecondition(condition: .onQueue(executor.queue))
        #endif
    }
}
