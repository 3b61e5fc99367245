#include "cmd.h"

/* The script is made from the same tables as the help, so that it cannot fall behind them. */
static enum exit_status run_completion(const struct arguments *args)
{
    if (args->nwords > 1 || (args->nwords == 1 && strcmp(args->word[0], "bash") != 0))
        return wrong_usage("completion is there for bash");
    puts("# bash completion for salesbook: source this, or put it where bash-completion looks.\n"
         "_salesbook()\n{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} options=\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ]; then");
    printf("        COMPREPLY=($(compgen -W '");
    for (size_t i = 0; i < ncommands; i++)
        printf("%s%s", i ? " " : "", commands[i]->name);
    puts(" --help --version' -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in");
    for (size_t i = 0; i < ncommands; i++) {
        printf("    %s) options='", commands[i]->name);
        for (size_t o = 0; o < commands[i]->noptions; o++)
            printf("--%s ", option_name(commands[i]->options[o]));
        puts("--help' ;;");
    }
    puts("    esac\n"
         "    if [[ $word == -* ]]; then\n"
         "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
         "    else\n"
         "        COMPREPLY=($(compgen -d -- \"$word\"))\n"
         "    fi\n"
         "}\n"
         "complete -o filenames -F _salesbook salesbook");
    return EXIT_FINE;
}

const struct command command_completion = {
    .name = "completion",
    .words = "[bash]",
    .summary = "Print the completion script for bash",
    .help = "  salesbook completion bash > /etc/bash_completion.d/salesbook\n",
    .run = run_completion,
};
