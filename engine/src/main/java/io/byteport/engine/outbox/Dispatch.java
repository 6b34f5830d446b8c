package io.byteport.engine.outbox;

import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport.Notification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what runs have to say, finds out who hears it, and puts it into the outbox. Safe for
 * several threads.
 */
public final class Dispatch {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final @Nullable Outbox outbox;
  private final Map<String, LongAdder> unheard = new ConcurrentHashMap<>();
  private volatile Addressing addressing;

  /**
   * @param outbox where messages wait until they are sent
   */
  public Dispatch(Outbox outbox, Addressing addressing) {
    this.outbox = outbox;
    this.addressing = addressing;
  }

  private Dispatch() {
    this.outbox = null;
    this.addressing = (occasion, notice) -> Addressed.TO_NOBODY;
  }

  /** One by which nobody is told: what runs have to say stands in their journals alone. */
  public static Dispatch toNobody() {
    return new Dispatch();
  }

  /** From now on others are told, such as after the configuration was read again. */
  public void use(Addressing other) {
    addressing = other;
  }

  /** How many notices named a kind of channel that there is none of, by that kind. */
  public Map<String, Long> unheard() {
    Map<String, Long> counts = new TreeMap<>();
    unheard.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  /**
   * Puts what is said while a run goes on.
   *
   * @param name of the occasion: equal where the same is put a second time
   * @throws io.byteport.engine.journal.StoreException if the store cannot be used; then nothing is
   *     put
   */
  public void announce(Occasion occasion, String name, Notification notice) {
    Addressed to = addressing.address(occasion, notice);
    put(List.of(outgoing(occasion, name, notice, to)), new Closes.Nothing(), occasion);
  }

  /**
   * Puts what is said at the end of a run, and what its source is told.
   *
   * @return whether that was written, with the mark that the report is delivered; false where
   *     nobody is told anything
   * @throws io.byteport.engine.journal.StoreException as above
   */
  public boolean report(Occasion occasion, List<Notification> notices) {
    List<Outgoing> all = outgoing(occasion, "end", notices);
    RunId run = occasion.opened().run();
    for (Envelope one : addressing.feedback(occasion, () -> raised(run))) {
      all.add(
          outgoing(
              occasion,
              "feedback " + one.message().subject().fingerprint(),
              one.message().notice(),
              new Addressed(List.of(one), List.of())));
    }
    return put(all, new Closes.Report(run), occasion);
  }

  private List<Raised> raised(RunId run) {
    return outbox == null ? List.of() : outbox.raised(run);
  }

  /**
   * Puts the digest of a storm.
   *
   * @param occasion the first run in it
   * @return as {@link #report}
   * @throws io.byteport.engine.journal.StoreException as above
   */
  public boolean digest(Occasion occasion, List<Notification> notices, Closes.Digest digest) {
    String name = "digest " + digest.digest().number();
    return put(outgoing(occasion, name, notices), digest, occasion);
  }

  private List<Outgoing> outgoing(Occasion occasion, String name, List<Notification> notices) {
    List<Outgoing> all = new ArrayList<>();
    for (Notification notice : notices) {
      all.add(
          outgoing(
              occasion, name + " " + all.size(), notice, addressing.address(occasion, notice)));
    }
    return all;
  }

  private static Outgoing outgoing(
      Occasion occasion, String name, Notification notice, Addressed to) {
    RunId run = occasion.opened().run();
    String full = run + "\n" + name + "\n" + notice.event() + "\n" + notice.channels();
    return new Outgoing(
        UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)).toString(), run, notice, to);
  }

  private boolean put(List<Outgoing> all, Closes closes, Occasion occasion) {
    List<Outgoing> heard = all.stream().filter(one -> !one.to().isEmpty()).toList();
    if (outbox == null || heard.isEmpty()) {
      return false;
    }
    outbox.put(heard, closes, occasion.at());
    heard.forEach(one -> one.to().unheard().forEach(kind -> missed(kind, occasion)));
    return true;
  }

  private void missed(String kind, Occasion occasion) {
    LongAdder count = unheard.computeIfAbsent(kind, first -> new LongAdder());
    count.increment();
    if (count.sum() == 1) {
      LOG.warn(
          "run {} has something to say on a channel of the kind `{}`, and none is routed there:"
              + " such notices stand in their runs alone",
          occasion.opened().run(),
          kind);
    }
  }
}
