package io.tasklane.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How few classes have to change when a feature comes, shown on {@code resource}. */
class FeatureSeamsTest {
  /** The lists in which features register themselves. */
  private static final Set<String> LISTS = Set.of("Engine", "Endpoints", "Tasklane");

  /** Who creates tasks checks that the resources exist that they need. */
  private static final String CREATES = "CreationBatch";

  private static final DescribedPredicate<JavaClass> RESOURCE =
      Home.in("engine", "ejb", "grpc-api", "web", "cli")
          .and(
              DescribedPredicate.describe(
                  "in a package named resource",
                  type -> type.getBaseComponentType().getPackageName().endsWith(".resource")));

  @Test
  void a_feature_is_known_to_three_lists_and_to_what_creates_tasks() {
    Set<String> allowed = new TreeSet<>(LISTS);
    allowed.add(CREATES);

    assertThat(whoKnows(House.everything())).containsExactlyElementsOf(allowed);
  }

  private static Set<String> whoKnows(JavaClasses everything) {
    return everything.stream()
        .filter(type -> Home.of(type).isPresent() && !RESOURCE.test(type))
        .filter(FeatureSeamsTest::knowsResource)
        .map(type -> type.getName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean knowsResource(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> RESOURCE.test(dependency.getTargetClass()));
  }
}
