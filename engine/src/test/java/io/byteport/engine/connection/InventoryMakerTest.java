package io.byteport.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.action.ActionCatalogue;
import io.byteport.dsl.action.ClasspathCatalogue;
import io.byteport.dsl.connection.ConnectionLoader;
import io.byteport.dsl.source.SourceFile;
import io.byteport.dsl.value.Value;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.ClusterSecrets;
import io.byteport.engine.spi.Inventory;
import io.byteport.engine.spi.Inventory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InventoryMakerTest {
  private static final ActionCatalogue CATALOGUE =
      ClasspathCatalogue.load(InventoryMakerTest.class.getClassLoader()).value().orElseThrow();

  private static final String FILE =
      """
      apiVersion: byteport.io/v1
      kind: Connections
      connections:
        appdb:
          type: postgres
          address: pg-prod-01:5432/appdb
          credentials:
            username: byteport
            password: { env: APPDB_PASSWORD }
          aliases: [prod-postgres]
          pooler: appdb-pgbouncer
          labels: { environment: production }
          annotations: { byteport.io/auto_remediate: db_query }
        shop:
          type: mariadb
          address: maria-01
          dbname: shop
          credentials: { username: byteport, password: { env: SHOP_PASSWORD } }
        appdb-pgbouncer:
          type: pgbouncer
          address: pg-prod-01:6432
          credentials: { username: byteport, password: { env: PGBOUNCER_PASSWORD } }
        prod-api-01:
          type: host
          address: 10.0.3.11
          services: [api.service, worker.service]
          credentials: { username: byteport, key: { file: /run/secrets/ssh-key } }
        prometheus:
          type: prometheus
          address: http://prometheus:9090
        cluster:
          type: kubernetes
          namespaces: [production, jobs]
      """;

  private final List<String> known = new ArrayList<>();
  private final Inventory inventory =
      InventoryMaker.make(
          ConnectionLoader.load(new SourceFile("prod.yaml", FILE), CATALOGUE.connections())
              .value()
              .orElseThrow(),
          new SecretSources(
              Map.of("APPDB_PASSWORD", "correct horse"), ClusterSecrets.NONE, known::add));

  @Test
  void a_database_is_found_by_name_and_alias_whatever_it_is_spoken_to() {
    assertThat(inventory.find("database", "prod-postgres")).map(Entry::name).hasValue("appdb");
    assertThat(inventory.find("database", "shop")).map(Entry::type).hasValue("mariadb");
    assertThat(inventory.of("cluster")).map(Entry::name).containsExactly("cluster");
    assertThat(inventory.find("database", "appdb-pgbouncer"))
        .map(Entry::type)
        .hasValue("pgbouncer");
  }

  @Test
  void an_address_says_which_database_is_meant_and_the_type_which_engine() {
    Entry appdb = inventory.find("database", "appdb").orElseThrow();
    assertThat(appdb.text("address")).hasValue("pg-prod-01:5432/appdb");
    assertThat(appdb.text("dbname")).hasValue("appdb");
    assertThat(appdb.text("engine")).hasValue("postgres");
    Entry shop = inventory.find("database", "shop").orElseThrow();
    assertThat(shop.text("dbname")).hasValue("shop");
    assertThat(shop.text("engine")).hasValue("mysql");
  }

  @Test
  void settings_labels_and_annotations_come_through() {
    Entry appdb = inventory.find("database", "appdb").orElseThrow();
    assertThat(appdb.text("pooler")).hasValue("appdb-pgbouncer");
    assertThat(appdb.labels()).containsEntry("environment", "production");
    assertThat(appdb.annotations()).containsEntry("byteport.io/auto_remediate", "db_query");
    assertThat(inventory.find("host", "prod-api-01").orElseThrow().texts("services"))
        .containsExactly("api.service", "worker.service");
    assertThat(inventory.find("cluster", "cluster").orElseThrow().settings())
        .containsEntry("namespaces", Value.of(List.of(Value.of("production"), Value.of("jobs"))));
  }

  @Test
  void a_secret_is_made_known_when_it_is_used_and_a_name_never() throws ActionException {
    Entry appdb = inventory.find("database", "appdb").orElseThrow();
    assertThat(appdb.credentials()).containsOnlyKeys("username", "password");
    assertThat(appdb.text("username")).hasValue("byteport");
    assertThat(appdb.text("password")).isEmpty();
    assertThat(known).isEmpty();

    assertThat(credential(appdb, "username")).isEqualTo("byteport");
    assertThat(known).isEmpty();

    assertThat(credential(appdb, "password")).isEqualTo("correct horse");
    assertThat(known).containsExactly("correct horse");
  }

  private static String credential(Entry entry, String name) throws ActionException {
    return Objects.requireNonNull(entry.credentials().get(name)).reveal();
  }

  @Test
  void nothing_of_an_entry_shows_a_secret() {
    assertThat(inventory.toString()).doesNotContain("correct horse").contains("APPDB_PASSWORD");
  }
}
