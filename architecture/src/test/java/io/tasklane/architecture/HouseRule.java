package io.tasklane.architecture;

import com.tngtech.archunit.lang.ArchRule;

/**
 * A rule, and the fixture that breaks it.
 *
 * @param rule holds for every class of the house
 * @param culprit simple name of the fixture that must not get past it
 */
record HouseRule(ArchRule rule, String culprit) {
  static HouseRule of(ArchRule rule, Class<?> culprit) {
    return new HouseRule(rule.allowEmptyShould(true), culprit.getSimpleName());
  }
}
