package io.byteport.engine.run;

import io.byteport.engine.guardrail.Claim;
import io.byteport.engine.guardrail.Standing;
import io.byteport.engine.journal.Letter;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.RunFilter;
import io.byteport.engine.journal.RunStore;
import io.byteport.engine.journal.RunSummary;
import io.byteport.engine.journal.SessionStore;
import io.byteport.engine.journal.StormDigest;
import io.byteport.engine.outbox.Outbox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store with a hook before and after everything that it writes. */
final class FaultyStore implements RunStore {
  private final RunStore store;
  private final Hook hook;
  final List<String> writes = new ArrayList<>();

  private static final Set<String> OUTBOX_WRITES = Set.of("put", "claim", "sent", "later", "dead");

  interface Hook {
    /**
     * @param number of this write, from 1
     * @param what such as {@code reserve}
     * @param written whether it has been done
     */
    void at(int number, String what, boolean written);
  }

  FaultyStore(RunStore store, Hook hook) {
    this.store = store;
    this.hook = hook;
  }

  private synchronized <T> T write(String what, Supplier<T> write) {
    writes.add(what);
    int number = writes.size();
    hook.at(number, what, false);
    T result = write.get();
    hook.at(number, what, true);
    return result;
  }

  private void write(String what, Runnable write) {
    write(
        what,
        () -> {
          write.run();
          return true;
        });
  }

  @Override
  public Optional<RunId> open(Event.Opened opened) {
    return write("open", () -> store.open(opened));
  }

  @Override
  public Optional<RunId> openDue(Event.Opened opened) {
    return write("open", () -> store.openDue(opened));
  }

  @Override
  public Optional<RunId> openRun(Mode mode, String targetKey) {
    return store.openRun(mode, targetKey);
  }

  @Override
  public boolean claim(RunId run) {
    return store.claim(run);
  }

  @Override
  public void release(RunId run) {
    store.release(run);
  }

  @Override
  public boolean isShared() {
    return store.isShared();
  }

  @Override
  public void renewLease() {
    store.renewLease();
  }

  @Override
  public Duration leaseRenewal() {
    return store.leaseRenewal();
  }

  @Override
  public boolean holdsLease() {
    return store.holdsLease();
  }

  @Override
  public void append(RunId run, List<? extends JournalEntry> entries, @Nullable Letter answered) {
    write("append", () -> store.append(run, entries, answered));
  }

  @Override
  public void appendSoon(RunId run, List<? extends JournalEntry> entries) {
    write("append", () -> store.appendSoon(run, entries));
  }

  @Override
  public void settle(RunId run) {
    store.settle(run);
  }

  @Override
  public boolean post(RunId run, Event event) {
    return write("post", () -> store.post(run, event));
  }

  @Override
  public List<Question> questions() {
    return store.questions();
  }

  @Override
  public List<Letter> inbox(RunId run) {
    return store.inbox(run);
  }

  @Override
  public void discard(RunId run, Letter letter) {
    write("discard", () -> store.discard(run, letter));
  }

  @Override
  public SessionStore sessions() {
    return store.sessions();
  }

  @Override
  public List<JournalEntry> entries(RunId run, int from) {
    return store.entries(run, from);
  }

  @Override
  public List<JournalEntry> entries(RunId run) {
    return store.entries(run);
  }

  @Override
  public List<RunSummary> runs(int limit) {
    return store.runs(limit);
  }

  @Override
  public List<RunSummary> runs(RunFilter filter, int limit) {
    return store.runs(filter, limit);
  }

  @Override
  public Optional<RunSummary> run(RunId run) {
    return store.run(run);
  }

  @Override
  public List<RunId> unfinished() {
    return store.unfinished();
  }

  @Override
  public List<Standing> check(RunId run, List<Claim> claims, Instant now, boolean takeLocks) {
    return write("check", () -> store.check(run, claims, now, takeLocks));
  }

  @Override
  public List<Standing> reserve(RunId run, Event.ChangeIntended intent, List<Claim> claims) {
    return write("reserve", () -> store.reserve(run, intent, claims));
  }

  @Override
  public void finish(RunId run, Event.ChangeFinished finished, List<? extends JournalEntry> more) {
    write("finish", () -> store.finish(run, finished, more));
  }

  @Override
  public void close(RunId run, List<? extends JournalEntry> entries) {
    write("close", () -> store.close(run, entries));
  }

  @Override
  public List<RunId> undelivered() {
    return store.undelivered();
  }

  @Override
  public void delivered(RunId run) {
    write("delivered", () -> store.delivered(run));
  }

  @Override
  public StormDigest gather(RunId run, String scope, Instant now, Duration window) {
    return write("gather", () -> store.gather(run, scope, now, window));
  }

  @Override
  public List<RunId> takeDigest(StormDigest digest, Instant now) {
    return write("takeDigest", () -> store.takeDigest(digest, now));
  }

  @Override
  public void digestSent(StormDigest digest) {
    write("digestSent", () -> store.digestSent(digest));
  }

  @Override
  public Outbox outbox() {
    return (Outbox)
        Proxy.newProxyInstance(
            FaultyStore.class.getClassLoader(),
            new Class<?>[] {Outbox.class},
            (proxy, method, arguments) ->
                OUTBOX_WRITES.contains(method.getName()) && arguments.length > 1
                    ? write("outbox " + method.getName(), () -> call(method, arguments))
                    : call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) {
    try {
      return method.invoke(store.outbox(), arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  @Override
  public boolean noticeSent(String dedupKey, Instant now, Duration within) {
    return store.noticeSent(dedupKey, now, within);
  }

  @Override
  public void recordNotice(String dedupKey, Instant at) {
    write("recordNotice", () -> store.recordNotice(dedupKey, at));
  }

  @Override
  public void close() {
    store.close();
  }
}
