package io.tasklane.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.tasklane.architecture.fixture.core.task.RuleThatSwitches;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {
  private static final List<HouseRule> RULES =
      Stream.of(Directions.RULES, Technologies.RULES, Manners.RULES).flatMap(List::stream).toList();

  @TestFactory
  Stream<DynamicTest> every_class_keeps_the_rules() {
    JavaClasses everything = House.everything();
    return RULES.stream()
        .map(
            rule -> dynamicTest(rule.rule().getDescription(), () -> rule.rule().check(everything)));
  }

  @TestFactory
  Stream<DynamicTest> every_rule_catches_its_culprit() {
    JavaClasses fixtures = House.fixtures();
    return RULES.stream()
        .map(
            rule ->
                dynamicTest(
                    rule.culprit(),
                    () ->
                        assertThat(details(rule, fixtures))
                            .anyMatch(detail -> detail.contains(rule.culprit()))));
  }

  @Test
  void a_switch_over_an_enum_is_no_ordinal() {
    JavaClasses fixtures = House.fixtures();
    assertThat(RULES.stream().flatMap(rule -> details(rule, fixtures)))
        .noneMatch(detail -> detail.contains(RuleThatSwitches.class.getSimpleName()));
  }

  @Test
  void every_rule_says_what_to_do_instead() {
    assertThat(RULES).allMatch(rule -> rule.rule().getDescription().contains(", because "));
  }

  @Test
  void every_module_that_has_sources_is_read() {
    Set<String> read =
        House.everything().stream()
            .flatMap(type -> Home.of(type).stream())
            .map(Home::module)
            .collect(Collectors.toSet());
    assertThat(House.modulesWithSources()).contains("core", "engine", "ejb").isSubsetOf(read);
  }

  @Test
  void no_package_has_more_files_than_a_reader_can_survey() throws IOException {
    assertThat(House.filesByPackage())
        .isNotEmpty()
        .allSatisfy((folder, files) -> assertThat(files).as(folder).isLessThanOrEqualTo(25));
  }

  private static Stream<String> details(HouseRule rule, JavaClasses classes) {
    return rule.rule().evaluate(classes).getFailureReport().getDetails().stream();
  }
}
