package io.byteport.adapter.cloud.aws;

import io.byteport.adapter.cloud.http.Address;
import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Settings;
import io.byteport.adapter.cloud.http.Shape;
import io.byteport.adapter.cloud.http.Transport;
import io.byteport.adapter.cloud.machine.Machine;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the kind {@code aws}: settings {@code region} (one or several; else the environment's
 * or the profile's), {@code profile}, {@code roleArn}, {@code account} (credentials of another are
 * refused), and {@code address}, to which all services are sent instead of their own; credentials
 * {@code accessKeyId}, {@code secretAccessKey}, {@code sessionToken}, else the usual chain.
 * Connects when used. Safe for several threads.
 */
public final class AwsAccount {
  private static final Shape REGION =
      Shape.of("a region", "[a-z]{2}(-[a-z]{2,12}){1,3}-[0-9]{1,2}", "eu-west-1");
  private static final String EC2 = "2016-11-15";
  private static final String AUTO_SCALING = "2011-01-01";
  private static final String CLOUD_WATCH = "2010-08-01";
  private static final String STS = "2011-06-15";

  private final Inventory.Entry entry;
  private final Machine machine;
  private final Transport transport;
  private final Profiles profiles;
  private final KeyChain chain;
  private volatile boolean verified;

  public AwsAccount(Inventory.Entry entry, Machine machine, Transport transport) {
    this.entry = entry;
    this.machine = machine;
    this.transport = transport;
    this.profiles = new Profiles(machine, entry.text("profile"));
    MachineKeys given = new MachineKeys(machine, transport);
    KeyChain own =
        new KeyChain(
            List.of(
                deadline -> entryKeys(),
                deadline -> entry.text("profile").isPresent() ? profiles.keys() : Optional.empty(),
                deadline -> given.environment(),
                deadline -> given.webIdentity(address("sts", region(null)), deadline),
                deadline -> profiles.keys(),
                given::container,
                given::instance));
    Optional<String> role = entry.text("roleArn");
    this.chain =
        role.isEmpty()
            ? own
            : new KeyChain(List.of(deadline -> Optional.of(assumed(own, role.get(), deadline))));
  }

  public String name() {
    return entry.name();
  }

  private Optional<AwsKeys> entryKeys() throws ActionException {
    Optional<Secret> id = Settings.secret(entry, "accessKeyId");
    Optional<Secret> secret = Settings.secret(entry, "secretAccessKey");
    if (id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    Optional<Secret> session = Settings.secret(entry, "sessionToken");
    return Optional.of(
        AwsKeys.lasting(
            id.get().reveal().strip(),
            secret.get().reveal().strip(),
            session.isPresent() ? session.get().reveal().strip() : null));
  }

  /** The keys of a role that our own may take. */
  private AwsKeys assumed(KeyChain own, String role, Deadline deadline)
      throws ActionException, InterruptedException {
    String region = region(null);
    Form form =
        Form.of("AssumeRole", STS).with("RoleArn", role).with("RoleSessionName", "byteport");
    Address sts = address("sts", region);
    Call call = Call.ask(sts, Form.TYPE, form.text());
    return AwsKeys.of(
        Xml.of(
                transport.send(
                    call, new AwsSignature(own, "sts", region), new AwsDialect(), deadline))
            .at("AssumeRoleResult", "Credentials"));
  }

  /** Asks once whose the credentials are, where the entry says whose they must be. */
  private void verify(String region, Deadline deadline)
      throws ActionException, InterruptedException {
    Optional<String> wanted = entry.text("account");
    if (verified || wanted.isEmpty()) {
      return;
    }
    Address sts = address("sts", region);
    Call call = Call.ask(sts, Form.TYPE, Form.of("GetCallerIdentity", STS).text());
    String found =
        Xml.of(
                transport.send(
                    call, new AwsSignature(chain, "sts", region), new AwsDialect(), deadline))
            .needed("GetCallerIdentityResult", "Account");
    if (!found.equals(wanted.get())) {
      throw ActionException.refused(
          FailureKind.FORBIDDEN,
          "the credentials of `" + name() + "` belong to the account " + found);
    }
    verified = true;
  }

  /** Whether a region is in reach: one of the entry's, where it says any. */
  boolean reaches(String region) {
    List<String> own = entry.texts("region");
    return own.isEmpty() || own.contains(region);
  }

  /** The regions that the entry names; none where it leaves them open. */
  List<String> regions() {
    return entry.texts("region");
  }

  /**
   * The region that is meant: the one asked for, else the entry's only one, else that of the
   * environment or the profile.
   *
   * @throws ActionException if it is not a region, not in reach, or not said
   */
  String region(@Nullable String asked) throws ActionException {
    if (asked != null) {
      REGION.check(asked);
      if (!reaches(asked)) {
        throw ActionException.refused(
            FailureKind.FORBIDDEN,
            "the connection `" + name() + "` does not reach the region " + asked);
      }
      return asked;
    }
    List<String> own = entry.texts("region");
    if (own.size() == 1) {
      return REGION.check(own.get(0));
    }
    String variable = machine.variable("AWS_REGION");
    String found = variable.isEmpty() ? machine.variable("AWS_DEFAULT_REGION") : variable;
    if (own.isEmpty() && found.isEmpty()) {
      found = profiles.region().orElse("");
    }
    if (found.isEmpty() || !reaches(found)) {
      throw ActionException.refused(
          FailureKind.INVALID, "it is not said in which region of `" + name() + "`");
    }
    return REGION.check(found);
  }

  Xml ec2(String region, String action, Call.What what, Form more, Deadline deadline)
      throws ActionException, InterruptedException {
    return query("ec2", region, EC2, action, what, more, deadline);
  }

  Xml autoScaling(String region, String action, Call.What what, Form more, Deadline deadline)
      throws ActionException, InterruptedException {
    return query("autoscaling", region, AUTO_SCALING, action, what, more, deadline)
        .at(action + "Result");
  }

  Xml cloudWatch(String region, String action, Form more, Deadline deadline)
      throws ActionException, InterruptedException {
    return query("monitoring", region, CLOUD_WATCH, action, Call.What.READ, more, deadline)
        .at(action + "Result");
  }

  /** A call of Certificate Manager, in JSON 1.1. */
  Json certificates(
      String region, String action, Call.What what, Map<String, ?> body, Deadline deadline)
      throws ActionException, InterruptedException {
    verify(region, deadline);
    Address address = address("acm", region);
    Call call =
        as(what, address)
            .carrying("application/x-amz-json-1.1", Json.write(body))
            .header("X-Amz-Target", "CertificateManager." + action);
    Api api = new Api(transport, address, new AwsSignature(chain, "acm", region), new AwsDialect());
    return Json.lenient(api.send(call, deadline).text());
  }

  private Xml query(
      String service,
      String region,
      String version,
      String action,
      Call.What what,
      Form more,
      Deadline deadline)
      throws ActionException, InterruptedException {
    verify(region, deadline);
    Address address = address(service, region);
    Form form = Form.of(action, version);
    for (Map.Entry<String, String> one : more.parameters().entrySet()) {
      form = form.with(one.getKey(), one.getValue());
    }
    Call call = as(what, address).carrying(Form.TYPE, form.text());
    return Xml.of(
        transport.send(call, new AwsSignature(chain, service, region), new AwsDialect(), deadline));
  }

  private static Call as(Call.What what, Address address) {
    return switch (what) {
      case READ -> Call.ask(address, Form.TYPE, "");
      case WRITE -> Call.write("POST", address);
      case WRITE_WITH_TOKEN -> Call.write("POST", address).withToken();
    };
  }

  private Address address(String service, String region) throws ActionException {
    String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return Settings.address(entry, "https://" + service + "." + region + suffix);
  }
}
