"""A language model as extractor, held to the same evidence as the rules.

    report ─▶ parts ─▶ request ─endpoint │ command─▶ answer ─▶ words located ─▶ claims ─▶ checks ─▶ kept │ back │ rejected

    passages, addressing   the sentences that are shown, and those that are not
    prompts, request       what is asked                 answer, reply, faults   what may come back, and what is wrong with it
    exchange, endpoint,
    command, cache         who answers                   accounts                what it costs
    locating, evidence     where quoted words stand      knowledge, readings     what kg reads there itself
    conversion, checks     claim records                 reading, plan           one part; one report
    combination, ordering  rules and model together      extractor               the whole, from kg.toml

A model is asked for claims in quotations, never for offsets; what it quotes is looked for in the report, and what is not
there does not get further. README.md tells the rest. Nothing here is imported before somebody chooses such an extractor.
"""
