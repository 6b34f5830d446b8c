package io.byteport.adapter.probes.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DnsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ActionContext CONTEXT =
      new ActionContext(() -> Instant.EPOCH, LIMIT, "test");

  @Test
  void addresses_are_found_with_their_time_to_live() throws Exception {
    try (NameServer server = new NameServer()) {
      server.knows("api.example.com", 1, new byte[] {10, 0, 0, 7});
      server.knows("api.example.com", 1, new byte[] {10, 0, 0, 8});
      DnsLookup.Output output = lookup(server, "API.example.com", DnsType.A);

      assertThat(output.records()).containsExactly("10.0.0.7", "10.0.0.8");
      assertThat(output.ttl()).isEqualTo(Duration.ofSeconds(300));
      assertThat(output.exists()).isTrue();
    }
  }

  @Test
  void every_type_is_read_as_a_zone_file_has_it() throws Exception {
    byte[] six = new byte[16];
    six[0] = 0x20;
    six[1] = 1;
    six[15] = 9;
    try (NameServer server = new NameServer()) {
      server
          .knows("six.example.com", 28, six)
          .knows("www.example.com", 5, NameServer.name("cdn.example.net"))
          .knows("example.com", 2, NameServer.name("ns1.example.com"))
          .knows("example.com", 15, join(new byte[] {0, 10}, NameServer.name("mx.example.com")))
          .knows("example.com", 16, NameServer.text("v=spf1 -all"))
          .knows(
              "example.com",
              257,
              join(new byte[] {0, 5}, "issueletsencrypt.org".getBytes(StandardCharsets.US_ASCII)));

      assertThat(lookup(server, "six.example.com", DnsType.AAAA).records())
          .containsExactly("2001:0:0:0:0:0:0:9");
      assertThat(lookup(server, "www.example.com", DnsType.CNAME).records())
          .containsExactly("cdn.example.net");
      assertThat(lookup(server, "example.com", DnsType.NS).records())
          .containsExactly("ns1.example.com");
      assertThat(lookup(server, "example.com", DnsType.MX).records())
          .containsExactly("10 mx.example.com");
      assertThat(lookup(server, "example.com", DnsType.TXT).records())
          .containsExactly("v=spf1 -all");
      assertThat(lookup(server, "example.com", DnsType.CAA).records())
          .containsExactly("0 issue letsencrypt.org");
    }
  }

  @Test
  void no_such_name_is_an_answer_and_no_record_of_the_type_is_another() throws Exception {
    try (NameServer server = new NameServer()) {
      server.knows("example.com", 16, NameServer.text("x"));

      assertThat(lookup(server, "missing.example.com", DnsType.A))
          .isEqualTo(new DnsLookup.Output(false, List.of(), null));
      assertThat(lookup(server, "example.com", DnsType.A))
          .isEqualTo(new DnsLookup.Output(true, List.of(), null));
    }
  }

  @Test
  void an_answer_that_does_not_fit_is_asked_for_again_over_tcp() throws Exception {
    try (NameServer server = new NameServer()) {
      server.knows("big.example.com", 16, NameServer.text("x".repeat(3000)));

      assertThat(lookup(server, "big.example.com", DnsType.TXT).records())
          .containsExactly("x".repeat(3000));
      assertThat(server.asked())
          .containsExactly("udp 16 big.example.com", "tcp 16 big.example.com");
    }
  }

  @Test
  void hostile_texts_arrive_short_and_plain() throws Exception {
    try (NameServer server = new NameServer()) {
      server
          .knows("evil.example.com", 16, NameServer.text("\u001b[2Jhi\u0000\r\nrm -rf \u202e"))
          .knows("evil.example.com", 16, NameServer.text("y".repeat(60_000)))
          .knows("evil.example.com", 5, NameServer.name("a\u001bb \u0000c.example.com"));

      List<String> texts = lookup(server, "evil.example.com", DnsType.TXT).records();
      assertThat(texts.getFirst()).isEqualTo("\uFFFD[2Jhi\uFFFD\uFFFD\uFFFDrm -rf \uFFFD");
      assertThat(texts.get(1)).hasSize(4097).endsWith("…");
      assertThat(lookup(server, "evil.example.com", DnsType.CNAME).records())
          .containsExactly("a\\027b\\032\\000c.example.com");
    }
  }

  @Test
  void an_answer_to_another_question_is_not_listened_to() throws Exception {
    try (NameServer server = new NameServer().liesFirst()) {
      server.knows("example.com", 1, new byte[] {10, 0, 0, 7});
      assertThat(lookup(server, "example.com", DnsType.A).records()).containsExactly("10.0.0.7");
    }
  }

  @Test
  void a_server_that_refuses_is_quoted() throws Exception {
    try (NameServer server = new NameServer().answersAlways(5)) {
      assertThatThrownBy(() -> lookup(server, "example.com", DnsType.A))
          .isInstanceOf(ActionException.class)
          .hasMessage(
              "no name server answered for example.com: " + server.address() + " answered REFUSED")
          .extracting(e -> ((ActionException) e).kind())
          .isEqualTo(FailureKind.UNREACHABLE);
    }
  }

  @Test
  void a_server_that_says_nothing_costs_no_more_than_the_time_given() throws Exception {
    try (NameServer server = new NameServer().saysNothing()) {
      ActionException failure =
          catchThrowableOfType(
              ActionException.class,
              () ->
                  new DnsLookup()
                      .read(
                          new DnsLookup.Input(
                              "example.com", DnsType.A, server.address(), Duration.ofMillis(500)),
                          CONTEXT));
      assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    }
  }

  @Test
  void what_is_no_name_is_refused_before_anything_is_sent() throws Exception {
    try (NameServer server = new NameServer()) {
      for (String name : List.of("a b.com", "x".repeat(64) + ".com", "a..b", "a\n.com", "-t", "")) {
        assertThatThrownBy(() -> lookup(server, name, DnsType.A))
            .isInstanceOf(ActionException.class)
            .extracting(e -> ((ActionException) e).kind())
            .isEqualTo(FailureKind.INVALID);
      }
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void the_zone_of_a_name_is_found_from_below() throws Exception {
    try (NameServer server = new NameServer()) {
      server.serves("example.com", "ns1.example.com", "host\\.master.example.com");
      server.knows("example.com", 2, NameServer.name("ns1.example.com"));
      server.knows("a.b.example.com", 1, new byte[] {10, 0, 0, 7});

      for (String name :
          List.of("example.com", "a.b.example.com", "*.example.com", "x.example.com.")) {
        DnsSoa.Output zone = soa(server, name);
        assertThat(zone.name()).isEqualTo("example.com");
        assertThat(zone.primary()).isEqualTo("ns1.example.com");
        assertThat(zone.nameServers()).containsExactly("ns1.example.com");
      }
    }
  }

  @Test
  void the_zone_of_an_alias_is_its_own_and_not_its_targets() throws Exception {
    try (NameServer server = new NameServer()) {
      server.serves("example.com", "ns1.example.com", "hostmaster.example.com");
      server.knows("www.example.com", 5, NameServer.name("cdn.example.net"));

      DnsSoa.Output zone = soa(server, "www.example.com");
      assertThat(zone.name()).isEqualTo("example.com");
      assertThat(zone.contact()).isEqualTo("hostmaster@example.com");
    }
  }

  @Test
  void a_name_that_nobody_registered_has_no_zone() throws Exception {
    try (NameServer server = new NameServer()) {
      server.serves("com", "a.gtld.net", "nstld.example.net");
      assertThat(soa(server, "nobody-has-this.com")).isNull();
      assertThat(soa(server, "nowhere.invalid")).isNull();
    }
  }

  @Test
  void a_zone_whose_servers_are_broken_is_not_known_rather_than_missing() throws Exception {
    try (NameServer server = new NameServer().answersAlways(2)) {
      assertThatThrownBy(() -> soa(server, "example.com")).hasMessageContaining("SERVFAIL");
    }
  }

  @Test
  void its_command_can_be_pasted() {
    assertThat(
            new DnsLookup()
                .command(new DnsLookup.Input("example.com", DnsType.TXT, "10.0.0.2:5353", LIMIT)))
        .containsExactly("dig", "@10.0.0.2", "-p", "5353", "-t", "TXT", "-q", "example.com");
    assertThat(new DnsSoa().command(new DnsSoa.Input("*.example.com", null, LIMIT)))
        .containsExactly("dig", "-t", "SOA", "-q", "example.com");
  }

  @Property(tries = 2000)
  void whatever_comes_back_reading_it_ends(@ForAll byte[] noise) {
    byte[] query = DnsMessage.query(7, "example.com", 16);
    byte[] answer = new byte[query.length + noise.length];
    System.arraycopy(query, 0, answer, 0, query.length);
    System.arraycopy(noise, 0, answer, query.length, noise.length);
    answer[2] |= (byte) 0x80;
    answer[7] = (byte) noise.length;
    answer[11] = 0;
    try {
      assertThat(DnsReader.read(answer, query).answers()).hasSizeLessThanOrEqualTo(256);
    } catch (IOException broken) {
      assertThat(broken).hasMessageContaining("its answer is broken");
    }
  }

  private static DnsLookup.Output lookup(NameServer server, String name, DnsType type)
      throws Exception {
    return new DnsLookup().read(new DnsLookup.Input(name, type, server.address(), LIMIT), CONTEXT);
  }

  private static DnsSoa.Output soa(NameServer server, String name) throws Exception {
    return new DnsSoa().read(new DnsSoa.Input(name, server.address(), LIMIT), CONTEXT);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
