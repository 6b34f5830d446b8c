package io.byteport.engine.journal;

import io.byteport.engine.outbox.ChannelLoad;
import io.byteport.engine.outbox.Claimed;
import io.byteport.engine.outbox.Closes;
import io.byteport.engine.outbox.Envelope;
import io.byteport.engine.outbox.Outbox;
import io.byteport.engine.outbox.Outgoing;
import io.byteport.engine.outbox.Raised;
import io.byteport.engine.outbox.Sending;
import io.byteport.engine.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The outbox in the state database. What is lost with the machine's power is put, or sent, once
 * more: so nothing here waits for the disk.
 */
final class SqlOutbox implements Outbox {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final SqlTransactions transactions;
  private final JournalCodec codec;
  private final String replica;
  private final Lease lease;
  private final boolean shared;
  private final List<Consumer<Set<String>>> listeners = new CopyOnWriteArrayList<>();

  SqlOutbox(
      SqlTransactions transactions,
      JournalCodec codec,
      String replica,
      Lease lease,
      boolean shared) {
    this.transactions = transactions;
    this.codec = codec;
    this.replica = replica;
    this.lease = lease;
    this.shared = shared;
  }

  @Override
  public void put(List<Outgoing> notices, Closes closes, Instant now) {
    transactions.writeLazily(
        "put messages",
        connection -> {
          new SqlPost(connection, codec, now).put(notices);
          switch (closes) {
            case Closes.Nothing nothing -> {}
            case Closes.Report report ->
                SqlJournal.markDelivered(connection, List.of(report.run()));
            case Closes.Digest digest -> SqlDigests.sent(connection, digest.digest());
          }
          return true;
        });
    Set<String> channels = new LinkedHashSet<>();
    for (Outgoing notice : notices) {
      notice.to().envelopes().stream().map(Envelope::channel).forEach(channels::add);
    }
    tell(channels);
  }

  private void tell(Set<String> channels) {
    listeners.forEach(listener -> listener.accept(channels));
  }

  @Override
  public void onPut(Consumer<Set<String>> listener) {
    listeners.add(listener);
  }

  @Override
  public List<Claimed> claim(String channel, int most, Instant now) {
    return transactions.writeLazily(
        "claim messages",
        connection ->
            new SqlMessages(connection, replica).claim(channel, most, now, codec::readMessage));
  }

  @Override
  public Optional<Instant> nextDue(String channel) {
    return transactions.read(
        "look for messages", connection -> new SqlMessages(connection, replica).nextDue(channel));
  }

  @Override
  public boolean holdsClaims() {
    return lease.isHeld();
  }

  @Override
  public Duration lookEvery() {
    return shared ? LOOK_EVERY : Duration.ZERO;
  }

  @Override
  public boolean sent(Claimed message, Instant now) {
    return transactions.writeLazily(
        "note that a message was sent",
        connection -> new SqlMessages(connection, replica).sent(message, now));
  }

  @Override
  public boolean later(Claimed message, Instant due, String error, Instant now) {
    return transactions.writeLazily(
        "put a message off",
        connection ->
            new SqlMessages(connection, replica).later(message, due, SqlPost.text(error), now));
  }

  @Override
  public boolean dead(Claimed message, String error, Instant now) {
    return transactions.writeLazily(
        "give a message up",
        connection -> new SqlMessages(connection, replica).dead(message, SqlPost.text(error), now));
  }

  @Override
  public void release(Claimed message) {
    transactions.writeLazily(
        "give a message back", connection -> new SqlMessages(connection, replica).release(message));
  }

  @Override
  public Optional<Instant> abandon(Set<String> channels, Instant before, Instant now) {
    return transactions.writeLazily(
        "give messages up",
        connection -> new SqlMessages(connection, replica).abandon(channels, before, now));
  }

  @Override
  public ChannelLoad load(String channel) {
    return transactions.read(
        "look at a channel", connection -> new SqlSendings(connection).load(channel));
  }

  @Override
  public List<Sending> dead(int limit) {
    return transactions.read(
        "list messages that were given up", connection -> new SqlSendings(connection).dead(limit));
  }

  @Override
  public List<Sending> of(RunId run) {
    return transactions.read(
        "list the messages of a run", connection -> new SqlSendings(connection).of(run));
  }

  @Override
  public List<Raised> raised(RunId run) {
    return transactions.read(
        "look for the alerts of a run", connection -> new SqlSendings(connection).raised(run));
  }

  @Override
  public boolean retry(long id, Instant now) {
    Optional<String> channel =
        transactions.write(
            "try a message again", connection -> new SqlSendings(connection).retry(id, now));
    channel.ifPresent(one -> tell(Set.of(one)));
    return channel.isPresent();
  }
}
