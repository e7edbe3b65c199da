package io.tasklane.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** Whether the keys of injected configuration are spelled as all others are. */
final class ConfigKeys extends ArchCondition<JavaClass> {
  private static final String ANNOTATION = "org.eclipse.microprofile.config.inject.ConfigProperty";
  private static final String KEY = "tasklane(\\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+";

  private ConfigKeys() {
    super("name configuration keys in kebab-case below \"tasklane.\"");
  }

  static ConfigKeys beKebabCase() {
    return new ConfigKeys();
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Stream.concat(
            type.getFields().stream().flatMap(field -> field.getAnnotations().stream()),
            type.getCodeUnits().stream()
                .flatMap(unit -> unit.getParameters().stream())
                .map(JavaParameter::getAnnotations)
                .flatMap(annotations -> annotations.stream()))
        .filter(annotation -> annotation.getRawType().getName().equals(ANNOTATION))
        .map(ConfigKeys::key)
        .filter(key -> !key.matches(KEY))
        .forEach(
            key ->
                events.add(
                    SimpleConditionEvent.violated(
                        type, type.getFullName() + " names the key \"" + key + "\"")));
  }

  private static String key(JavaAnnotation<?> annotation) {
    return annotation.get("name").map(String::valueOf).orElse("");
  }
}
