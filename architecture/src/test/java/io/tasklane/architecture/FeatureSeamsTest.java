package io.tasklane.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How few classes have to change when a feature comes. */
class FeatureSeamsTest {
  /** The lists in which features register themselves. */
  private static final Set<String> LISTS = Set.of("Features", "Endpoints", "Tasklane");

  /** Who creates tasks checks that the resources exist that they need. */
  private static final String CREATES = "CreationBatch";

  /** The demo runs workflows like any client. */
  private static final String SHOWS = "ModeDemo";

  /** Schedules start workflows, which they read as the edges of workflows do. */
  private static final Set<String> PLANS = Set.of("ActionMapping", "ActionOptions");

  /** Forecasts read workflows as they stand, and batch operations find them by their filter. */
  private static final Set<String> READ =
      Set.of("NestedPlan", "NodeRow", "WorkflowForecasts", "TargetSearch");

  private static final JavaClasses EVERYTHING = House.everything();

  @Test
  void a_feature_is_known_to_three_lists_and_to_what_creates_tasks() {
    Set<String> allowed = new TreeSet<>(LISTS);
    allowed.add(CREATES);

    assertThat(whoKnows("resource")).containsExactlyElementsOf(allowed);
  }

  @Test
  void schedules_and_workflows_create_tasks_and_are_known_to_the_three_lists_alone() {
    assertThat(whoKnows("schedule")).containsExactlyElementsOf(new TreeSet<>(LISTS));
    Set<String> allowed = new TreeSet<>(LISTS);
    allowed.add(SHOWS);
    allowed.addAll(READ);
    allowed.addAll(PLANS);
    assertThat(whoKnows("workflow")).containsExactlyElementsOf(allowed);
  }

  /**
   * Simple names of the classes outside a feature that depend on its own.
   *
   * @param feature a name in the path of its packages
   */
  private static Set<String> whoKnows(String feature) {
    DescribedPredicate<JavaClass> inside =
        Home.in("engine", "ejb", "grpc-api", "web", "cli")
            .and(
                DescribedPredicate.describe(
                    "in a package named " + feature, type -> isIn(feature, type)));
    return EVERYTHING.stream()
        .filter(type -> Home.of(type).isPresent() && !inside.test(type))
        .filter(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> inside.test(dependency.getTargetClass())))
        .map(type -> type.getName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isIn(String feature, JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return List.of(name.split("\\.")).contains(feature);
  }
}
