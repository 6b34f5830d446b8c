package io.byteport.dsl.golden;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.connection.ConnectionLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ConnectionGoldenTest {

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_connections_is_told_at_its_place() {
    return new GoldenFolder(
            "connection",
            file -> ConnectionLoader.load(file, Catalogues.TEST.connections()).diagnostics())
        .tests();
  }
}
