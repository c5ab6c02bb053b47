namespace QuantGrad.Training;

/// <summary>How the parameters of a rule were found in one unit.</summary>
/// <param name="Names">The trained parameters, in the file's order.</param>
/// <param name="Values">Their values as traded, whole where the hard rule takes them whole.</param>
/// <param name="Starts">Every descent, the one from <c>init</c> first.</param>
/// <param name="Kept">The descent that was kept, from 0.</param>
/// <param name="Evaluations">Passes over the train rows that all descents took: one an epoch, and one for each look at the hard rule.</param>
/// <param name="Looks">How many of them looked at the hard rule, of which the best was kept: each is a trial.</param>
/// <param name="SoftObjective">Objective on the train rows of the kept rule at its last temperature.</param>
/// <param name="HardObjective">The same of the hard rule with exact costs.</param>
internal sealed record RuleRecord(string[] Names, double[] Values, RuleStart[] Starts, int Kept, int Evaluations, int Looks, double SoftObjective, double HardObjective);

/// <summary>One descent.</summary>
/// <param name="Path">Values of the parameters before each epoch and after the last, <c>[epochs + 1][parameters]</c>.</param>
/// <param name="SoftObjective">Objective on the train rows by epoch, at the epoch's temperature.</param>
/// <param name="HardObjective">Objective of the hard rule on the train rows, the best that was looked at.</param>
/// <param name="End">The values that reached it.</param>
internal sealed record RuleStart(double[][] Path, double[] SoftObjective, double HardObjective, double[] End);
