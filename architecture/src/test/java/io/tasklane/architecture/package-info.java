/**
 * The rules of the house: who may see whom, and what nobody may do. Each rule says what to do
 * instead, and each is proven to fail on a fixture that breaks it.
 *
 * <p>What bytecode does not show is left to review: SQL in a string outside of the store,
 * configuration keys that are looked up by a call instead of {@code @ConfigProperty}, and a
 * listener that swallows exceptions in a method it calls.
 */
package io.tasklane.architecture;
