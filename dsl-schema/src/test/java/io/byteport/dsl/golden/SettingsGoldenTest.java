package io.byteport.dsl.golden;

import io.byteport.dsl.settings.SettingsLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SettingsGoldenTest {

  @TestFactory
  Stream<DynamicTest> what_is_wrong_with_settings_is_told_at_its_place() {
    return new GoldenFolder("settings", file -> SettingsLoader.load(file).diagnostics()).tests();
  }
}
