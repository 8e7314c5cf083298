package io.jenkins.plugins.qemush;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The layers of the design, held by force. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.qemush";

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages(ROOT);
    }

    private static void check(ArchRule rule) {
        rule.check(classes);
    }

    @Test
    void engineAndCommandLineKnowNothingOfJenkins() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".engine..", ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke.."));
    }

    @Test
    void engineKnowsNothingOfTheCommandLine() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".cli..", "picocli..", "me.tongfei.."));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void failuresDependOnNothingOfOurs() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".engine.failure")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".engine.machine..",
                        ROOT + ".engine.image..",
                        ROOT + ".engine.guest..",
                        ROOT + ".engine.sync..",
                        ROOT + ".engine.task..",
                        ROOT + ".engine.vm..",
                        ROOT + ".engine.supervisor..",
                        ROOT + ".engine.standby..",
                        ROOT + ".cli.."));
    }

    @Test
    void guestAndImageDoNotKnowTheMachineTheyAreIn() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".engine.guest..",
                        ROOT + ".engine.image..",
                        ROOT + ".engine.sync..",
                        ROOT + ".engine.task..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".engine.vm..", ROOT + ".engine.supervisor.."));
    }

    @Test
    void nothingIsKeptInStaticVariables() {
        check(ArchRuleDefinition.fields()
                .that(new DescribedPredicate<JavaField>("are static and written by people") {
                    @Override
                    public boolean test(JavaField field) {
                        return field.getModifiers().contains(JavaModifier.STATIC)
                                && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
                    }
                })
                .should()
                .beFinal());
    }
}
