package io.byteport.adapter.host.machine;

import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ActionException.Effect;
import io.byteport.engine.spi.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;

/**
 * The way to one machine: one session, opened when it is first needed and again when it broke, over
 * which several commands run at the same time, and closed when nobody has used it for a while. Safe
 * for several threads.
 */
final class SshConnection implements AutoCloseable {
  /** sshd allows ten sessions in one connection (MaxSessions); some are left for killing. */
  private static final int MOST_COMMANDS = 6;

  private static final Duration CONNECT = Duration.ofSeconds(15);

  private final Address address;
  private final SshClient client;
  private final @Nullable SshConnection jump;
  private final ScheduledExecutorService timer;
  private final Duration idle;
  private final Semaphore commands = new Semaphore(MOST_COMMANDS, true);
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable ClientSession session;
  private @Nullable Lease throughJump;
  private @Nullable ScheduledFuture<?> closing;
  private int users;

  /**
   * @param jump the machine that it is reached through, if it is
   * @param idle how long a session stays open that nobody uses
   */
  SshConnection(
      Address address,
      SshClient client,
      @Nullable SshConnection jump,
      ScheduledExecutorService timer,
      Duration idle) {
    this.address = address;
    this.client = client;
    this.jump = jump;
    this.timer = timer;
    this.idle = idle;
  }

  /** The use of the session by one command. */
  final class Lease implements AutoCloseable {
    private final ClientSession leased;
    private boolean returned;

    private Lease(ClientSession leased) {
      this.leased = leased;
    }

    ClientSession session() {
      return leased;
    }

    @Override
    public void close() {
      release(this);
    }
  }

  Address address() {
    return address;
  }

  /**
   * The session, for one command; waits until fewer than {@value #MOST_COMMANDS} run.
   *
   * @throws ActionException if there is no way in; nothing has been run then
   */
  Lease lease(Deadline deadline) throws ActionException, InterruptedException {
    if (!commands.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      throw ActionException.refused(
          FailureKind.TIMEOUT, MOST_COMMANDS + " commands run on " + address + " already");
    }
    boolean leased = false;
    try {
      if (!opening.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw ActionException.refused(
            FailureKind.TIMEOUT, "no session with " + address + " in time");
      }
      try {
        ClientSession open = session;
        if (open == null || !open.isOpen()) {
          forget(true);
          open = open(deadline);
          session = open;
        }
        if (closing != null) {
          closing.cancel(false);
          closing = null;
        }
        users++;
        leased = true;
        return new Lease(open);
      } finally {
        opening.unlock();
      }
    } finally {
      if (!leased) {
        commands.release();
      }
    }
  }

  private void release(Lease lease) {
    opening.lock();
    try {
      if (lease.returned) {
        return;
      }
      lease.returned = true;
      commands.release();
      users--;
      if (users == 0 && !timer.isShutdown()) {
        closing = timer.schedule(this::closeIdle, idle.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      opening.unlock();
    }
  }

  private void closeIdle() {
    opening.lock();
    try {
      if (users == 0) {
        forget(false);
      }
    } finally {
      opening.unlock();
    }
  }

  private void forget(boolean immediately) {
    ClientSession open = session;
    session = null;
    if (open != null) {
      open.close(immediately);
    }
    if (throughJump != null) {
      throughJump.close();
      throughJump = null;
    }
  }

  private ClientSession open(Deadline deadline) throws ActionException, InterruptedException {
    SshdSocketAddress at = new SshdSocketAddress(address.host(), address.port());
    Handshake handshake = new Handshake(address);
    Deadline connected = Deadline.in(deadline.atMost(CONNECT));
    @Nullable ClientSession opened = null;
    boolean entered = false;
    try {
      if (jump != null) {
        throughJump = jump.lease(connected);
        at =
            throughJump
                .session()
                .createLocalPortForwardingTracker(new SshdSocketAddress("localhost", 0), at)
                .getBoundAddress();
      }
      opened =
          client
              .connect(
                  address.user(),
                  at.getHostName(),
                  at.getPort(),
                  AttributeRepository.ofKeyValuePair(Handshake.KEY, handshake),
                  null)
              .verify(connected.remaining())
              .getSession();
      identify(opened);
      opened.auth().verify(connected.remaining());
      entered = true;
      return opened;
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw new InterruptedException("while connecting to " + address);
    } catch (IOException e) {
      throw refusal(handshake, opened, e);
    } finally {
      if (!entered) {
        if (opened != null) {
          opened.close(true);
        }
        forget(true);
      }
    }
  }

  private void identify(ClientSession opened) throws ActionException, IOException {
    if (address.key() != null) {
      byte[] key = address.key().reveal().getBytes(StandardCharsets.UTF_8);
      @Nullable String passphrase =
          address.passphrase() == null ? null : address.passphrase().reveal().strip();
      FilePasswordProvider passphrases =
          passphrase == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(passphrase);
      try (ByteArrayInputStream in = new ByteArrayInputStream(key)) {
        Iterable<KeyPair> pairs =
            SecurityUtils.loadKeyPairIdentities(
                null, NamedResource.ofName(address.key().toString()), in, passphrases);
        if (pairs == null) {
          throw unreadableKey("it is no private key", null);
        }
        pairs.forEach(opened::addPublicKeyIdentity);
      } catch (GeneralSecurityException | IOException e) {
        throw unreadableKey(String.valueOf(e.getMessage()), e);
      }
    }
    if (address.password() != null) {
      opened.addPasswordIdentity(address.password().reveal().strip());
    }
  }

  private ActionException unreadableKey(String why, @Nullable Exception cause) {
    return new ActionException(
        FailureKind.INVALID,
        Effect.NONE,
        "the key of " + address.machine() + " (" + address.key() + ") cannot be read: " + why,
        cause);
  }

  private ActionException refusal(
      Handshake handshake, @Nullable ClientSession opened, IOException e) {
    if (!handshake.objection().isEmpty()) {
      return new ActionException(FailureKind.FORBIDDEN, Effect.NONE, handshake.objection(), e);
    }
    boolean auth =
        opened != null
            && e instanceof SshException
            && String.valueOf(e.getMessage()).contains("authentication");
    return auth
        ? new ActionException(
            FailureKind.FORBIDDEN,
            Effect.NONE,
            "" + address + " does not let " + address.user() + " in: " + e.getMessage(),
            e)
        : new ActionException(
            FailureKind.UNREACHABLE,
            Effect.NONE,
            "cannot connect to " + address + ": " + e.getMessage(),
            e);
  }

  @Override
  public void close() {
    opening.lock();
    try {
      forget(false);
    } finally {
      opening.unlock();
    }
  }
}
