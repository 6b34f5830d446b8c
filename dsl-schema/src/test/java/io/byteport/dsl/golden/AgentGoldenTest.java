package io.byteport.dsl.golden;

import io.byteport.dsl.agent.AgentLoader;
import io.byteport.dsl.agent.Watched;
import io.byteport.dsl.check.Catalogues;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AgentGoldenTest {

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_an_agents_configuration_is_told_at_its_place() {
    return new GoldenFolder(
            "agent",
            file -> AgentLoader.load(file, Catalogues.TEST, List.of(Watched.RUNBOOK)).diagnostics())
        .tests();
  }
}
