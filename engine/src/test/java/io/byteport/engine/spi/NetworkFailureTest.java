package io.byteport.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class NetworkFailureTest {
  private static Throwable because(Throwable outer, Throwable inner) {
    outer.initCause(inner);
    return outer;
  }

  @Test
  void what_only_has_a_name_as_an_exception_is_said_in_words() {
    assertThat(NetworkFailure.words(new UnresolvedAddressException()))
        .isEqualTo("the name of the host is not known");
    assertThat(
            NetworkFailure.words(because(new ConnectException(), new UnresolvedAddressException())))
        .isEqualTo("the name of the host is not known");
    assertThat(NetworkFailure.words(new UnknownHostException("db.invalid")))
        .isEqualTo("the name of the host is not known");
    assertThat(NetworkFailure.words(because(new ConnectException(), new ClosedChannelException())))
        .isEqualTo("connection refused");
    assertThat(NetworkFailure.words(new ClosedChannelException()))
        .isEqualTo("the connection was closed");
    assertThat(NetworkFailure.words(new NoRouteToHostException()))
        .isEqualTo("there is no route to it");
    assertThat(NetworkFailure.words(new EOFException()))
        .isEqualTo("the connection was closed before the answer was complete");
  }

  @Test
  void the_innermost_words_are_those_that_are_told() {
    assertThat(
            NetworkFailure.words(
                new IOException("outer", new IllegalStateException("inner", new IOException()))))
        .isEqualTo("inner");
    assertThat(NetworkFailure.words(new ConnectException("Connection timed out")))
        .isEqualTo("Connection timed out");
  }

  @Test
  void a_name_that_nobody_knows_is_found_however_deep_it_lies() {
    assertThat(NetworkFailure.isNameless(new IOException(new UnresolvedAddressException())))
        .isTrue();
    assertThat(NetworkFailure.isNameless(new IOException(new ConnectException()))).isFalse();
  }
}
